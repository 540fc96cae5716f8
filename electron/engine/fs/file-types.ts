/** Endings of file names: which belong to a type, and which the system runs instead of showing. */

const ENDINGS: Record<string, string> = {
  'application/gzip': '.gz',
  'application/json': '.json',
  'application/msword': '.doc',
  'application/ms-tnef': '.dat',
  'application/pdf': '.pdf',
  'application/pgp-encrypted': '.asc',
  'application/pgp-keys': '.asc',
  'application/pgp-signature': '.asc',
  'application/pkcs7-mime': '.p7m',
  'application/pkcs7-signature': '.p7s',
  'application/x-pkcs7-mime': '.p7m',
  'application/x-pkcs7-signature': '.p7s',
  'application/rtf': '.rtf',
  'application/vnd.ms-excel': '.xls',
  'application/vnd.ms-powerpoint': '.ppt',
  'application/vnd.oasis.opendocument.presentation': '.odp',
  'application/vnd.oasis.opendocument.spreadsheet': '.ods',
  'application/vnd.oasis.opendocument.text': '.odt',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': '.pptx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '.xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '.docx',
  'application/xml': '.xml',
  'application/zip': '.zip',
  'audio/mp4': '.m4a',
  'audio/mpeg': '.mp3',
  'audio/ogg': '.ogg',
  'audio/wav': '.wav',
  'audio/x-wav': '.wav',
  'image/avif': '.avif',
  'image/bmp': '.bmp',
  'image/gif': '.gif',
  'image/heic': '.heic',
  'image/jpeg': '.jpg',
  'image/jpg': '.jpg',
  'image/png': '.png',
  'image/svg+xml': '.svg',
  'image/tiff': '.tif',
  'image/webp': '.webp',
  'message/delivery-status': '.txt',
  'message/disposition-notification': '.txt',
  'message/global': '.eml',
  'message/rfc822': '.eml',
  'text/calendar': '.ics',
  'text/csv': '.csv',
  'text/directory': '.vcf',
  'text/html': '.html',
  'text/markdown': '.md',
  'text/plain': '.txt',
  'text/rfc822-headers': '.txt',
  'text/rtf': '.rtf',
  'text/vcard': '.vcf',
  'text/x-vcard': '.vcf',
  'video/mp4': '.mp4',
  'video/mpeg': '.mpg',
  'video/quicktime': '.mov',
  'video/webm': '.webm',
};

/** With its dot; '' for types that have no usual one. */
export function typeEnding(mimeType: string): string {
  return Object.hasOwn(ENDINGS, mimeType) ? ENDINGS[mimeType]! : '';
}

const RISKY_ENDINGS = new Set(
  [
    // programs and their parts
    'exe com scr pif cpl dll ocx sys drv gadget appimage run elf jar jnlp class apk app xap air',
    // scripts
    'bat cmd vb vbs vbe js jse mjs cjs ws wsf wsh wsc sct ps1 ps1xml ps2 ps2xml psc1 psc2 psm1 psd1 psh sh bash zsh csh ksh fish command tool terminal py pyw pyc pyz pyzw rb pl pm php phtml lua tcl awk ahk au3 applescript scpt scptd workflow action osx asp aspx hta msh msh1 msh2',
    // installers and packages
    'msi msp mst msu msix msixbundle appx appxbundle appinstaller deb rpm pkg mpkg flatpak flatpakref snap ebuild crx xpi vsix application diagcab',
    // shortcuts and settings that run something
    'lnk url website webloc desktop appref-ms settingcontent-ms library-ms search-ms searchconnector-ms theme themepack msc inf ins isp reg scf rdp job chm hlp grp prf vsmacros mshxml mcf its contact diagcfg printerexport',
    // Office with macros, add-ins, data links
    'docm dotm xlsm xltm xlam xla xll xlsb xlm pptm potm ppam ppsm ppa sldm ade adp mdb mde mda mdw mdz accde accda accdr accdu one onepkg iqy oqy rqy dqy slk pub wiz osd odc otm',
    // disk images
    'iso img vhd vhdx dmg udf cdr sparseimage sparsebundle wim toast nrg mdf',
    // pages with scripts
    'html htm xhtml xht shtml mht mhtml svg svgz xsl xslt xml swf maff webarchive htc',
  ]
    .join(' ')
    .split(' '),
);

const RISKY_TYPES = new Set([
  'application/hta',
  'application/java-archive',
  'application/javascript',
  'application/vnd.android.package-archive',
  'application/vnd.debian.binary-package',
  'application/vnd.microsoft.portable-executable',
  'application/x-apple-diskimage',
  'application/x-bat',
  'application/x-csh',
  'application/x-desktop',
  'application/x-dosexec',
  'application/x-elf',
  'application/x-executable',
  'application/x-iso9660-image',
  'application/x-java-jnlp-file',
  'application/x-javascript',
  'application/x-ms-application',
  'application/x-ms-installer',
  'application/x-ms-shortcut',
  'application/x-msdos-program',
  'application/x-msdownload',
  'application/x-msi',
  'application/x-perl',
  'application/x-python',
  'application/x-rpm',
  'application/x-sh',
  'application/x-shellscript',
  'application/x-shockwave-flash',
  'application/xhtml+xml',
  'image/svg+xml',
  'text/html',
  'text/javascript',
  'text/vbscript',
  'text/x-perl',
  'text/x-python',
  'text/x-sh',
]);

/** @param ending lower case, without its dot */
export function isRiskyEnding(ending: string): boolean {
  return RISKY_ENDINGS.has(ending);
}

export function isRiskyType(mimeType: string): boolean {
  // `application/vnd.ms-word.document.macroEnabled.12` and its family.
  return RISKY_TYPES.has(mimeType) || /macroenabled/i.test(mimeType);
}
