import type { SpecialUse } from '../../../shared/mailbox.ts';

type NamedUse = Extract<SpecialUse, 'sent' | 'drafts' | 'trash' | 'junk' | 'archive'>;
type GmailUse = Extract<SpecialUse, 'all' | 'flagged' | 'important'>;

/**
 * What mail programs and providers call these mailboxes, `|` between names, case and accents do not count:
 * English, German, French, Spanish, Italian, Dutch, Polish, Portuguese, Swedish, Danish, Norwegian, Czech, Russian.
 * From Outlook, Thunderbird, Apple Mail, Gmail, GMX, WEB.DE, T-Online, Yahoo, Roundcube and Horde.
 * No outboxes, no templates, and nothing that people use for folders of their own.
 */
export const NAMES: Record<NamedUse, string[]> = {
  sent: [
    'sent|sent items|sent messages|sent mail|sent-mail|sent e-mail|sent emails',
    'gesendet|gesendete|gesendete objekte|gesendete elemente|gesendete nachrichten|gesendete e-mails|gesendete mails|versendet|versendete nachrichten',
    'envoyés|éléments envoyés|messages envoyés|courrier envoyé|courriers envoyés|objets envoyés|envoyé',
    'enviados|enviado|elementos enviados|mensajes enviados|correo enviado|correos enviados',
    'inviati|inviata|posta inviata|messaggi inviati|elementi inviati',
    'verzonden|verzonden items|verzonden berichten|verzonden objecten|verzonden e-mail',
    'wysłane|elementy wysłane|wysłane wiadomości|wiadomości wysłane|poczta wysłana|wysłane elementy',
    'enviadas|itens enviados|mensagens enviadas|correio enviado|e-mails enviados|items enviados',
    'skickat|skickade|skickade objekt|skickade meddelanden|skickad e-post',
    'sendt|sendt post|sendte|sendte elementer|sendte beskeder|sendte meldinger|sendt e-post',
    'odeslané|odeslaná pošta|odeslané položky|odeslané zprávy',
    'отправленные|отправленные письма|отправленные элементы|отправленные сообщения',
  ],
  drafts: [
    'drafts|draft|draft messages',
    'entwürfe|entwuerfe|entwurf',
    'brouillons|brouillon',
    'borradores|borrador',
    'bozze|bozza',
    'concepten|concept',
    'szkice|szkic|robocze|wersje robocze|kopie robocze|wiadomości robocze',
    'rascunhos|rascunho',
    'utkast|kladder|kladde|kladd|udkast',
    'koncepty|rozepsané',
    'черновики',
  ],
  trash: [
    'trash|deleted|deleted items|deleted messages|deleted mail|bin|wastebasket|recycle bin',
    'papierkorb|gelöscht|gelöschte|gelöschte objekte|gelöschte elemente|gelöschte nachrichten|geloescht|geloeschte objekte|geloeschte elemente',
    'corbeille|éléments supprimés|messages supprimés|supprimés|poubelle',
    'papelera|papelera de reciclaje|elementos eliminados|mensajes eliminados|eliminados|elementos borrados|borrados|correo eliminado',
    'cestino|posta eliminata|elementi eliminati|messaggi eliminati|eliminati|eliminata',
    'prullenbak|prullenmand|verwijderd|verwijderde items|verwijderde berichten|verwijderde objecten',
    'kosz|usunięte|elementy usunięte|usunięte wiadomości|wiadomości usunięte',
    'lixeira|lixo|itens excluídos|itens eliminados|itens apagados|mensagens excluídas|mensagens apagadas|apagados|excluídos|reciclagem',
    'papperskorgen|papperskorg|borttaget|borttagna|borttagna objekt',
    'papirkurv|papirkurven|slettet|slettede|slettet post|slettede elementer|slettede beskeder|slettede meldinger|søppel',
    'koš|odstraněná pošta|odstraněné položky|odstraněné|smazané',
    'корзина|удаленные|удалённые|удаленные элементы|удалённые элементы',
  ],
  junk: [
    'junk|spam|junk mail|junk email|junk e-mail|junk-e-mail|bulk|bulk mail|spam mail',
    'spamverdacht|spam-verdacht|spamordner|unerwünscht|unerwünschte werbung|unerwünschte e-mails|werbung|junk-mail',
    'pourriel|pourriels|indésirables|indésirable|courrier indésirable|courriers indésirables',
    'correo no deseado|no deseado|no deseados|correo basura|correo electrónico no deseado',
    'posta indesiderata|indesiderata|indesiderati',
    'ongewenste e-mail|ongewenste post|ongewenst|ongewenste berichten|ongewenste reclame',
    'wiadomości-śmieci|wiadomości śmieci|niechciane|poczta niechciana|niechciana poczta',
    'lixo eletrônico|lixo electrónico|correio não solicitado|correio eletrónico não solicitado|indesejados|não desejado|spam e lixo',
    'skräppost|skräp|uønsket|uønsket mail|uønsket post|uønsket e-mail|uønsket e-post|søppelpost',
    'nevyžádaná pošta|nevyžádané',
    'спам|нежелательная почта|нежелательные',
  ],
  archive: [
    'archive|archives|archived|archived mail',
    'archiv|archiviert|archive messages',
    'archivées|messages archivés',
    'archivo|archivados|archivo de correo|correo archivado',
    'archivio|archiviati|archiviata',
    'archief|gearchiveerd',
    'archiwum|zarchiwizowane',
    'arquivo|arquivados|arquivo morto',
    'arkiv|arkiverat|arkiveret|arkivert',
    'архив',
  ],
};

/** Below [Gmail] only: elsewhere a mailbox of such a name holds mail that no other has. */
export const GMAIL_NAMES: Record<GmailUse, string[]> = {
  all: [
    'all mail|alle nachrichten|tous les messages|todos|todo el correo|tutti i messaggi|alle berichten|alle e-mails',
    'wszystkie|todos os e-mails|todo o correio|alla mail|all e-post|al post|alle mails|všechny zprávy|вся почта',
  ],
  flagged: [
    'starred|markiert|suivis|messages suivis|destacados|speciali|met ster|oznaczone gwiazdką|com estrela|marcados com estrela',
    'stjärnmärkt|stjernemarkeret|stjernemerket|s hvězdičkou|помеченные',
  ],
  important: [
    'important|wichtig|importants|importantes|importanti|belangrijk|ważne|viktigt|vigtigt|viktig|důležité|важное',
  ],
};

/** Words around the one that counts: "My Sent Mails", "Drafts folder". */
export const DECORATIONS = new Set(
  'my|mail|mails|e|email|emails|message|messages|item|items|folder|meine|ordner|nachrichten|objekte|elemente|mes|mis|miei|mijn'.split(
    '|',
  ),
);
