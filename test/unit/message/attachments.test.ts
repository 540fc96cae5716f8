import { describe, expect, it } from 'vitest';
import { isEngineError } from '../../../electron/engine/errors.ts';
import { readAttachment } from '../../../electron/engine/message/attachments.ts';
import { emlFileName } from '../../../electron/engine/message/eml-name.ts';
import { mail, read } from './mail.ts';

const mixed = (...parts: string[]) =>
  mail(`Content-Type: multipart/mixed; boundary=b\n\n${parts.map((part) => `--b\n${part}\n`).join('')}--b--\n`);

describe('attachments', () => {
  it('give their octets by their place', () => {
    const raw = mixed(
      'Content-Type: text/plain\n\ntext',
      'Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nAAH/',
      'Content-Type: text/plain; name=notes.txt\nContent-Disposition: attachment\n\nline\n',
    );
    const { attachments } = read(raw).view;
    expect(attachments.map(({ name, sizeBytes, inline }) => ({ name, sizeBytes, inline }))).toEqual([
      { name: 'a.pdf', sizeBytes: 3, inline: false },
      { name: 'notes.txt', sizeBytes: 6, inline: false },
    ]);
    expect(Buffer.from(readAttachment(raw, 0).content)).toEqual(Buffer.from([0, 1, 255]));
    expect(Buffer.from(readAttachment(raw, 1).content).toString()).toBe('line\r\n');
    for (const { index, name, mimeType, sizeBytes } of attachments) {
      expect(readAttachment(raw, index)).toMatchObject({ name, mimeType });
      expect(readAttachment(raw, index).content).toHaveLength(sizeBytes);
    }
  });

  it.each([-1, 1, 0.5])('have none numbered %j of one', (index) => {
    const raw = mixed('Content-Type: application/pdf; name=a.pdf\n\nx');
    expect(() => readAttachment(raw, index)).toThrow(expect.toSatisfy((e) => isEngineError(e, 'message-unreadable')));
  });

  it('are told apart where they have one name', () => {
    const part = (name: string) => `Content-Type: image/jpeg; name="${name}"\n\nx`;
    const raw = mixed(part('a.jpg'), part('A.JPG'), part('a.jpg'), part('a (2).jpg'), part(''), part(''));
    expect(read(raw).view.attachments.map(({ name }) => name)).toEqual([
      'a.jpg',
      'A (2).JPG',
      'a (3).jpg',
      'a (2) (2).jpg',
      'picture.jpg',
      'picture (2).jpg',
    ]);
    expect(readAttachment(raw, 5).name).toBe('picture (2).jpg');
  });

  it('that are messages are called by their subject', () => {
    const raw = mixed(
      'Content-Type: message/rfc822\n\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_a/b?=\n\ninner',
      'Content-Type: message/rfc822\n\nFrom: x\n\ninner',
    );
    expect(read(raw).view.attachments.map(({ name }) => name)).toEqual(['Grüße a_b.eml', 'message.eml']);
    expect(read(raw).view.text).toBe('');
    expect(Buffer.from(readAttachment(raw, 1).content).toString()).toBe('From: x\r\n\r\ninner');
  });

  it.each([
    [`filename*=utf-8'de'Ma%C3%9F.pdf`, 'Maß.pdf'],
    [`filename*0*=utf-8''Ma%C3; filename*1*=%9F; filename*2=.pdf`, 'Maß.pdf'],
    ['filename="=?utf-8?Q?Ma=C3=9F.pdf?="', 'Maß.pdf'],
    ['filename="Ma\xdf.pdf"', 'Maß.pdf'],
    ['filename="C:\\Users\\me\\Ma\xdf.pdf"', 'Maß.pdf'],
    ['filename=no quotes here.pdf', 'no quotes here.pdf'],
    ['filename="open end.pdf', 'open end.pdf'],
    ['filename="a\\"b.pdf"', 'a_b.pdf'],
  ])('are named by %j', (parameter, name) => {
    expect(
      read(mixed(`Content-Type: application/pdf\nContent-Disposition: attachment; ${parameter}\n\nx`)).view
        .attachments[0]!.name,
    ).toBe(name);
  });

  it('keep the name they had beside the one they are given', () => {
    const raw = mixed('Content-Type: application/octet-stream; name="../../evil.exe"\n\nx');
    expect(read(raw).view.attachments[0]).toMatchObject({
      name: 'evil.exe',
      originalName: '../../evil.exe',
      risky: true,
    });
  });
});

describe('the name of a saved message', () => {
  it.each([
    ['Angebot Brennofen', '2014-03-18T09:41:00+01:00', '2014-03-18 Angebot Brennofen.eml'],
    ['Re: a/b\\c?', '2014-03-18T00:00:00Z', '2014-03-18 Re_ a_b_c_.eml'],
    ['../../x', null, '_.._x.eml'],
    ['', null, 'message.eml'],
    ['', '2014-03-18', '2014-03-18.eml'],
    ['CON', null, '_CON.eml'],
    ['x\u202egpj.exe', null, 'xgpj.exe.eml'],
  ])('of %j from %j is %j', (subject, date, name) => {
    expect(emlFileName({ subject, date })).toBe(name);
  });

  it('is never too long', () => {
    expect(Buffer.byteLength(emlFileName({ subject: '🚀'.repeat(500), date: '2014-03-18' }))).toBeLessThan(160);
  });
});
