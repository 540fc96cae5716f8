import { describe, expect, it } from 'vitest';
import { assignSpecialUses, guessSpecialUse, type ListedMailbox } from '../../../electron/engine/plan/special-use.ts';

const mailbox = (path: string, more: Partial<ListedMailbox> = {}): ListedMailbox => ({
  path,
  delimiter: '/',
  selectable: true,
  claimed: [],
  ...more,
});
const uses = (...mailboxes: (string | ListedMailbox)[]) =>
  assignSpecialUses(mailboxes.map((m) => (typeof m === 'string' ? mailbox(m) : m)));

describe('special use by name', () => {
  it.each([
    ['English', 'Sent Items', 'Drafts', 'Deleted Items', 'Junk E-mail', 'Archive'],
    ['English (Apple Mail)', 'Sent Messages', 'Drafts', 'Deleted Messages', 'Junk', 'Archive'],
    ['English (Thunderbird)', 'Sent', 'Drafts', 'Trash', 'Junk', 'Archives'],
    ['German (Outlook)', 'Gesendete Elemente', 'Entwürfe', 'Gelöschte Elemente', 'Junk-E-Mail', 'Archiv'],
    ['German (older Outlook)', 'Gesendete Objekte', 'Entwürfe', 'Gelöschte Objekte', 'Junk-E-Mail', 'Archiv'],
    ['German (GMX, WEB.DE)', 'Gesendet', 'Entwürfe', 'Papierkorb', 'Spamverdacht', 'Archiv'],
    ['German without umlauts', 'Gesendet', 'Entwuerfe', 'Geloeschte Objekte', 'Spam', 'Archiv'],
    ['French', 'Éléments envoyés', 'Brouillons', 'Corbeille', 'Courrier indésirable', 'Archives'],
    ['Spanish', 'Elementos enviados', 'Borradores', 'Papelera', 'Correo no deseado', 'Archivo'],
    ['Italian', 'Posta inviata', 'Bozze', 'Cestino', 'Posta indesiderata', 'Archivio'],
    ['Dutch', 'Verzonden items', 'Concepten', 'Prullenbak', 'Ongewenste e-mail', 'Archief'],
    ['Polish', 'Elementy wysłane', 'Wersje robocze', 'Kosz', 'Wiadomości-śmieci', 'Archiwum'],
    ['Portuguese (Brazil)', 'Itens Enviados', 'Rascunhos', 'Itens Excluídos', 'Lixo Eletrônico', 'Arquivo'],
    ['Portuguese (Portugal)', 'Enviadas', 'Rascunho', 'Lixo', 'Spam', 'Arquivo Morto'],
    ['Swedish', 'Skickat', 'Utkast', 'Papperskorgen', 'Skräppost', 'Arkiv'],
    ['Danish', 'Sendt post', 'Kladder', 'Slettet post', 'Uønsket mail', 'Arkiv'],
    ['Norwegian', 'Sendte elementer', 'Kladd', 'Søppel', 'Søppelpost', 'Arkiv'],
    ['Czech', 'Odeslaná pošta', 'Koncepty', 'Koš', 'Nevyžádaná pošta', 'Archiv'],
    ['Russian', 'Отправленные', 'Черновики', 'Корзина', 'Спам', 'Архив'],
  ])('%s', (_, sent, drafts, trash, junk, archive) => {
    expect(uses(sent, drafts, trash, junk, archive)).toEqual(['sent', 'drafts', 'trash', 'junk', 'archive']);
  });

  it.each(['INBOX.Gesendete Objekte', 'INBOX.Sent', 'inbox.sent'])('%s counts below INBOX', (path) => {
    expect(uses(mailbox(path, { delimiter: '.' }))).toEqual(['sent']);
  });

  it('accents written in two ways, case and blanks do not count', () => {
    expect(uses('INBOX/Entwu\u0308rfe', 'GELÖSCHTE  OBJEKTE', 'sent_items')).toEqual(['drafts', 'trash', 'sent']);
  });

  it.each([
    'Projects/Sent',
    'Archive/2019/Sent',
    'Sent to clients',
    'Unsent',
    'Outbox',
    'Postausgang',
    'Templates',
    'Vorlagen',
    'Starred',
    'Important',
    'All mail',
    'Mail',
    '2019',
    '',
  ])('%j is a folder of the user', (path) => {
    expect(uses(path)).toEqual([null]);
  });

  it('All Mail, Starred and Important count below [Gmail] only', () => {
    expect(uses('[Gmail]/All Mail', '[Google Mail]/Markiert', '[Gmail]/Wichtig')).toEqual([
      'all',
      'flagged',
      'important',
    ]);
  });

  it('a decorated name is only a guess', () => {
    expect(guessSpecialUse(['My Sent Mails'])).toEqual({ use: 'sent', exact: false });
    expect(guessSpecialUse(['Sent Items'])).toEqual({ use: 'sent', exact: true });
  });
});

describe('who gets a use', () => {
  it("the server's word beats any name", () => {
    expect(uses('Sent', mailbox('Odd', { claimed: ['sent'] }))).toEqual([null, 'sent']);
  });

  it('an exact name beats a decorated one, whatever the order', () => {
    expect(uses('My Sent Mails', 'Sent')).toEqual([null, 'sent']);
    expect(uses('Sent', 'My Sent Mails')).toEqual(['sent', null]);
  });

  it('a mailbox at the top beats one below INBOX', () => {
    expect(uses('INBOX/Sent', 'Sent Items')).toEqual([null, 'sent']);
  });

  it('each use is given once, and each mailbox has one', () => {
    const claims = mailbox('Both', { claimed: ['sent', 'archive'] });
    expect(uses(claims, 'Sent', 'Archive', 'Archives')).toEqual(['sent', null, 'archive', null]);
  });

  it('INBOX is the inbox in any case, and nothing else by its name', () => {
    expect(uses('inbox', mailbox('INBOX', { claimed: ['sent'] }))).toEqual(['inbox', null]);
  });

  it('what cannot hold messages gets no use by its name', () => {
    expect(uses(mailbox('Sent', { selectable: false }), 'Sent Items')).toEqual([null, 'sent']);
  });

  it('a flat name space is one level', () => {
    expect(uses(mailbox('Sent', { delimiter: null }))).toEqual(['sent']);
  });
});
