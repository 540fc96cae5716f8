import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachmentName, distinctAttachmentName, isRisky } from '../../../electron/engine/fs/attachment-name.ts';

describe('the name of an attachment', () => {
  it.each([
    ['Angebot 2014.pdf', 'Angebot 2014.pdf'],
    ['Maßblatt_BO300.pdf', 'Maßblatt_BO300.pdf'],
    ['100 %.pdf', '100 %.pdf'],
    ['Rechnung 3/2014.pdf', 'Rechnung 3_2014.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\Windows\\x.dll', 'x.dll'],
    ['/etc/cron.d/x', 'x'],
    ['C:\\x\\y.pdf', 'y.pdf'],
    ['\\\\server\\share\\y.pdf', 'y.pdf'],
    ['file:///home/me/y.pdf', 'y.pdf'],
    ['..', 'attachment'],
    ['...', 'attachment'],
    ['/', 'attachment'],
    ['', 'attachment'],
    [' \t\n', 'attachment'],
    ['\u200b\u202e', 'attachment'],
    ['.bashrc', 'bashrc'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['in\u200bvoice.e\u00adxe', 'invoice.exe'],
    ['invoice.pdf                    .exe', 'invoice.pdf.exe'],
    ['invoice.pdf\u3164\u3164.exe', 'invoice.pdf.exe'],
    ['invoice.exe. . .', 'invoice.exe'],
    ['invoice.exe\0.pdf', 'invoice.exe.pdf'],
    ['a\r\nb.pdf', 'a b.pdf'],
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['LPT1.tar.gz', '_LPT1.tar.gz'],
    ['x.exe:stream.txt', 'x.exe_stream.txt'],
    ['a<b>|c?.pdf', 'a_b__c_.pdf'],
    ['\ud800.pdf', '_.pdf'],
    ['e\u0301.pdf', 'é.pdf'],
    ['👨‍👩‍👧.png', '👨👩👧.png'],
  ])('%j becomes %j', (original, name) => {
    expect(attachmentName(original, 'application/octet-stream')).toBe(name);
  });

  it.each([
    ['', 'image/png', 'picture.png'],
    ['', 'audio/mpeg', 'audio.mp3'],
    ['', 'message/rfc822', 'message.eml'],
    ['', 'application/x-unknown', 'attachment'],
    ['', 'constructor', 'attachment'],
    ['photo', 'image/jpeg', 'photo.jpg'],
    ['photo.png', 'image/jpeg', 'photo.png'],
    ['Dr. Who', 'application/pdf', 'Dr. Who.pdf'],
  ])('%j of type %s becomes %j', (original, mimeType, name) => {
    expect(attachmentName(original, mimeType)).toBe(name);
  });

  it('keeps its end when it is too long', () => {
    const name = attachmentName(`${'ü'.repeat(500)}.pdf.exe`, 'application/pdf');
    expect(name).toMatch(/^ü+~\.exe$/);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(151);
  });

  it('is one harmless segment whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (original) => {
        const name = attachmentName(original, 'image/png');
        expect(name).not.toBe('');
        expect(name).not.toMatch(
          /[\\/:*?"<>|\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]|^\.|[. ]$/,
        );
        expect(Buffer.byteLength(name)).toBeLessThan(160);
        expect(attachmentName(name, 'image/png')).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });

  it('is told apart from those that a disk may take for the same', () => {
    const taken = new Set<string>();
    expect(['a.PNG', 'A.png', 'a.png'].map((name) => distinctAttachmentName(name, taken))).toEqual([
      'a.PNG',
      'A (2).png',
      'a (3).png',
    ]);
  });
});

describe('an attachment is risky', () => {
  it.each(
    'a.exe a.EXE invoice.pdf.exe a.scr a.js a.vbs a.bat a.ps1 a.msi a.lnk a.url a.hta a.jar a.docm a.xlsm a.iso a.img a.dmg a.html a.htm a.svg a.mht a.desktop a.sh a.command a.app a.apk a.deb a.AppImage a.reg a.chm a.one a.settingcontent-ms a.exe. a.e\u200bxe'.split(
      ' ',
    ),
  )('by its end: %s', (name) => {
    expect(isRisky(name, 'application/octet-stream')).toBe(true);
  });

  it('by the identity of a program for an end', () => {
    expect(isRisky('x.{3050f4d8-98b5-11cf-bb82-00aa00bdce0b}', 'text/plain')).toBe(true);
  });

  it.each(['application/x-msdownload', 'text/html', 'image/svg+xml', 'application/vnd.ms-excel.sheet.macroEnabled.12'])(
    'by its type: %s',
    (type) => {
      expect(isRisky('noend', type)).toBe(true);
    },
  );

  it.each('a.pdf a.zip a.7z a.docx a.xlsx a.jpg a.txt a.eml a.ics a.mp3 exe a.exe.pdf a.odt a.csv'.split(' '))(
    'not when it is %s',
    (name) => {
      expect(isRisky(name, 'application/octet-stream')).toBe(false);
    },
  );
});
