import { of, preset, under } from '../preset.ts';

const googleApp = ['app-password', 'https://myaccount.google.com/apppasswords'] as const;
const yahooApp = ['app-password', 'https://help.yahoo.com/kb/SLN15241.html'] as const;
const aolApp = ['app-password', 'https://help.aol.com/articles/create-and-manage-app-password'] as const;
const zohoOn = ['enable-imap', 'https://www.zoho.com/mail/help/imap-access.html'] as const;
const yandexApp = ['app-password', 'https://yandex.com/support/id/authorization/app-passwords.html'] as const;

const OUTLOOK =
  under(
    'outlook',
    'com at be cl cz de dk es fr hu ie in it jp kr lv my ph pt sa sg sk co.id co.il co.th com.ar com.au',
  ) +
  ' ' +
  under('outlook', 'com.br com.gr com.tr com.vn') +
  ' ' +
  under('hotmail', 'com be ca ch cl cz de dk es fi fr gr hu it lt lv my nl no ph rs se sg sk co.id co.il co.in co.jp') +
  ' ' +
  under('hotmail', 'co.kr co.nz co.th co.uk co.za com.ar com.au com.br com.hk com.tr com.tw com.vn') +
  ' ' +
  under('live', 'com at be ca cl cn de dk fi fr hk ie in it jp nl no ru se co.jp co.kr co.uk co.za com.ar com.au') +
  ' ' +
  under('live', 'com.mx com.my com.ph com.pt com.sg') +
  ' msn.com windowslive.com passport.com';

const YAHOO =
  under('yahoo', 'com ca de it fr es se at ie gr dk no in co.in co.uk co.nz co.id co.th com.au com.ar com.br com.mx') +
  ' ' +
  under('yahoo', 'com.hk com.ph com.sg com.tr com.tw com.vn') +
  ' ymail.com myyahoo.com rocketmail.com';

const AOL =
  under('aol', 'com de it fr es se co.uk co.nz com.au com.ar com.br com.mx') +
  ' aim.com netscape.net netscape.com compuserve.com cs.com wmconnect.com';

export const WORLDWIDE = [
  preset('gmail', 'Gmail', 'gmail.com googlemail.com', 'imap.gmail.com', { hint: [...googleApp] }),
  preset('google-workspace', 'Google Workspace', '', 'imap.gmail.com', {
    mx: 'google.com googlemail.com',
    hint: [...googleApp],
  }),
  preset('outlook', 'Outlook.com', OUTLOOK, 'outlook.office365.com', {
    mx: 'olc.protection.outlook.com',
    hint: [
      'oauth-only',
      'https://support.microsoft.com/office/pop-imap-and-smtp-settings-for-outlook-com-d088b986-291d-42b8-9564-9c414e2aa040',
    ],
  }),
  preset('microsoft365', 'Microsoft 365', 'onmicrosoft.com', 'outlook.office365.com', {
    mx: 'mail.protection.outlook.com mx.microsoft',
    hint: [
      'oauth-only',
      'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online',
    ],
  }),
  preset('yahoo', 'Yahoo Mail', YAHOO, 'imap.mail.yahoo.com', { mx: 'am0.yahoodns.net', hint: [...yahooApp] }),
  preset('aol', 'AOL', AOL, 'imap.aol.com', { mx: 'gm0.yahoodns.net', hint: [...aolApp] }),
  // A domain of one's own at iCloud has no row by MX: the user name there is that of the iCloud address.
  preset('icloud', 'iCloud', 'icloud.com me.com mac.com', 'imap.mail.me.com', {
    user: 'localpart',
    hint: ['app-password', 'https://support.apple.com/102654'],
  }),
  preset('fastmail', 'Fastmail', 'fastmail.com fastmail.fm', 'imap.fastmail.com', {
    mx: 'messagingengine.com',
    hint: ['app-password', 'https://www.fastmail.help/hc/en-us/articles/360058752854'],
  }),
  of(
    'proton',
    'Proton Mail',
    'proton.me protonmail.com protonmail.ch pm.me',
    { host: '127.0.0.1', port: 1143, security: 'starttls' },
    { mx: 'protonmail.ch', hint: ['bridge', 'https://proton.me/mail/bridge'] },
  ),
  of('tuta', 'Tuta', 'tuta.com tuta.io tutanota.com tutanota.de tutamail.com keemail.me', null, {
    mx: 'tutanota.de',
    hint: ['no-imap', 'https://tuta.com/support'],
  }),
  preset('gmx', 'GMX', under('gmx', 'com us co.uk es fr ca tm ie pt se hk sg tw ru'), 'imap.gmx.com', {
    hint: ['enable-imap', 'https://support.gmx.com/pop-imap/toggle.html'],
  }),
  preset('mailcom', 'mail.com', 'mail.com email.com post.com usa.com europe.com london.com', 'imap.mail.com'),
  preset('zoho', 'Zoho Mail', 'zoho.com zohomail.com', 'imap.zoho.com', { hint: [...zohoOn] }),
  preset('zoho', 'Zoho Mail', 'zoho.eu zohomail.eu', 'imap.zoho.eu', { hint: [...zohoOn] }),
  preset('zoho', 'Zoho Mail', 'zoho.in zohomail.in', 'imap.zoho.in', { hint: [...zohoOn] }),
  preset('zoho', 'Zoho Mail', '', 'imappro.zoho.com', { mx: 'zoho.com', hint: [...zohoOn] }),
  preset('zoho', 'Zoho Mail', '', 'imappro.zoho.eu', { mx: 'zoho.eu', hint: [...zohoOn] }),
  preset('zoho', 'Zoho Mail', '', 'imappro.zoho.in', { mx: 'zoho.in', hint: [...zohoOn] }),
  preset(
    'yandex',
    'Yandex Mail',
    'yandex.ru yandex.com yandex.by yandex.kz yandex.ua ya.ru narod.ru',
    'imap.yandex.com',
    { mx: 'mx.yandex.net mx.yandex.ru', hint: [...yandexApp] },
  ),
  preset('mailru', 'Mail.ru', 'mail.ru inbox.ru list.ru bk.ru internet.ru', 'imap.mail.ru', {
    mx: 'emx.mail.ru',
    hint: ['app-password', 'https://help.mail.ru/mail/security/protection/external/'],
  }),
  preset('rackspace', 'Rackspace Email', '', 'secure.emailsrvr.com', { mx: 'emailsrvr.com' }),
  preset('migadu', 'Migadu', '', 'imap.migadu.com', { mx: 'migadu.com' }),
  preset('namecheap', 'Namecheap Private Email', '', 'mail.privateemail.com', { mx: 'privateemail.com' }),
  preset('hostinger', 'Hostinger', '', 'imap.hostinger.com', { mx: 'hostinger.com' }),
  preset('one', 'one.com', '', 'imap.one.com', { mx: 'one.com' }),
  preset('runbox', 'Runbox', 'runbox.com runbox.no runbox.us', 'mail.runbox.com', { user: 'localpart' }),
  preset('startmail', 'StartMail', 'startmail.com', 'imap.startmail.com', {
    hint: ['app-password', 'https://support.startmail.com/'],
  }),
  preset('mailfence', 'Mailfence', 'mailfence.com', 'imap.mailfence.com'),
];
