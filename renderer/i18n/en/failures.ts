import type { FailureCode } from '../../../shared/failure.ts';

/** title: what happened. meaning: what it means for the mail. todo: what to do. */
export interface FailureText {
  title: string;
  meaning: string;
  todo: string;
}

export const failures = {
  'host-unknown': {
    title: 'This server name is not known',
    meaning: 'Nothing was sent, and your mail is as it was.',
    todo: 'Check the spelling of the server, and that this computer is online.',
  },
  'connection-refused': {
    title: 'The server does not accept connections there',
    meaning: 'Nothing was sent, and your mail is as it was.',
    todo: 'Check the port and the encryption, or ask the provider for its settings.',
  },
  'connection-timeout': {
    title: 'The server did not answer in time',
    meaning: 'What was stored so far is safe.',
    todo: 'Check that this computer is online, then try again.',
  },
  'connection-lost': {
    title: 'The connection broke off',
    meaning: 'What was stored so far is safe. Mailferry goes on where it stopped.',
    todo: 'Try again when the line is steady.',
  },
  'server-stalled': {
    title: 'The server stopped sending',
    meaning: 'What was stored so far is safe.',
    todo: 'Try again in a few minutes.',
  },
  'server-bye': {
    title: 'The server ended the connection',
    meaning: 'What was stored so far is safe.',
    todo: 'Try again later. Fewer connections in the settings may help.',
  },
  'server-throttled': {
    title: 'The provider asked for a break',
    meaning: 'Its limit for now is used up. What was stored so far is safe.',
    todo: 'Go on later; Mailferry starts where it stopped.',
  },
  'protocol-error': {
    title: 'The server gave an answer that makes no sense',
    meaning: 'Mailferry did not guess. What was stored so far is safe.',
    todo: 'Try again. If it stays like this, the provider has to look at it.',
  },
  'tls-failed': {
    title: 'No encrypted connection came about',
    meaning: 'Your password was not sent.',
    todo: 'Check the port and the encryption of this account.',
  },
  'starttls-missing': {
    title: 'The server does not offer encryption here',
    meaning: 'Your password was not sent, because others could have read it.',
    todo: 'Choose “TLS from the first byte”, usually with port 993.',
  },
  'insecure-refused': {
    title: 'A connection without encryption was refused',
    meaning: 'Your password was not sent.',
    todo: 'Choose an encrypted connection for this account.',
  },
  'certificate-expired': {
    title: 'The server’s certificate has expired',
    meaning: 'Your password has not been sent.',
    todo: 'Check this computer’s date. If it is right, the provider has to renew the certificate.',
  },
  'certificate-self-signed': {
    title: 'This server can’t prove its name',
    meaning: 'The certificate was issued by the server itself. Your password has not been sent.',
    todo: 'Compare the fingerprint with the one your administrator gives you, then decide.',
  },
  'certificate-untrusted': {
    title: 'This server can’t prove its name',
    meaning: 'This computer does not know who issued the certificate. Your password has not been sent.',
    todo: 'Compare the fingerprint with the one your administrator gives you, then decide.',
  },
  'certificate-wrong-host': {
    title: 'The certificate belongs to another server',
    meaning: 'Your password has not been sent.',
    todo: 'Check the server’s name, or ask the provider which one to use.',
  },
  'certificate-fingerprint-mismatch': {
    title: 'The certificate has changed',
    meaning: 'It is not the one you trusted. Your password has not been sent.',
    todo: 'Ask the administrator whether it was renewed before you trust the new one.',
  },
  'authentication-failed': {
    title: 'The server refused the sign-in',
    meaning: 'The name or the password is not right for this server. Your mail is as it was.',
    todo: 'Type the password again. Some providers want an app password here.',
  },
  'authentication-unsupported': {
    title: 'This server wants another way to sign in',
    meaning: 'A password is not enough here. Your mail is as it was.',
    todo: 'Look at your provider’s help for mail programs.',
  },
  'secret-missing': {
    title: 'The password is needed',
    meaning: 'It is not kept, or the vault is locked.',
    todo: 'Enter it to go on.',
  },
  'vault-locked': {
    title: 'The vault is locked',
    meaning: 'The password of this account is in it.',
    todo: 'Open it with its passphrase.',
  },
  'vault-damaged': {
    title: 'The vault can’t be read',
    meaning: 'Its file was changed or is damaged. Your mail is as it was.',
    todo: 'Enter the passwords again where they are asked for.',
  },
  'passphrase-wrong': {
    title: 'This passphrase does not open the vault',
    meaning: 'The passwords in it stay safe.',
    todo: 'Type it again.',
  },
  'mailbox-missing': {
    title: 'A folder is no longer there',
    meaning: 'What the archive already has of it stays.',
    todo: 'Read the folders again.',
  },
  'mailbox-refused': {
    title: 'The server refused a folder',
    meaning: 'The other folders go on.',
    todo: 'Choose another name or place for it.',
  },
  'mailbox-renumbered': {
    title: 'The server numbered a folder anew while it was read',
    meaning: 'What was stored so far is safe.',
    todo: 'Try again; Mailferry recognises the messages it has.',
  },
  'server-refused': {
    title: 'The server said no',
    meaning: 'What was stored so far is safe.',
    todo: 'Try again later, or ask the provider.',
  },
  'over-quota': {
    title: 'The account is full',
    meaning: 'What arrived there is safe; the rest is still where it was.',
    todo: 'Make room in the account or book more space, then go on.',
  },
  'message-too-large': {
    title: 'A message is too large for the server',
    meaning: 'It was left out and stays where it is.',
    todo: 'Keep it in the archive, or ask the provider for a higher limit.',
  },
  'message-refused': {
    title: 'The server did not take a message',
    meaning: 'It stays where it is.',
    todo: 'Try again. Some servers refuse mail that is not written to the rules.',
  },
  'message-unreadable': {
    title: 'The server could not hand out a message',
    meaning: 'It is listed, but its content does not come.',
    todo: 'Try again later. The provider may be able to repair the folder.',
  },
  'message-vanished': {
    title: 'A message was deleted meanwhile',
    meaning: 'It went away between counting and reading.',
    todo: 'Nothing to do.',
  },
  'message-altered': {
    title: 'The server changed a message',
    meaning: 'It arrived, but not byte for byte as it was sent.',
    todo: 'Nothing to do; the original is where it was.',
  },
  'message-missing-at-target': {
    title: 'A message is missing at the new place',
    meaning: 'The server took it, and does not list it.',
    todo: 'Try again; the original is where it was.',
  },
  'flags-not-kept': {
    title: 'Some marks could not be kept',
    meaning: 'The message is complete; a mark such as a label is missing.',
    todo: 'Nothing to do.',
  },
  'date-not-kept': {
    title: 'The date of arrival could not be kept',
    meaning: 'The message is complete; the server shows another date.',
    todo: 'Nothing to do.',
  },
  'name-changed': {
    title: 'A folder got another name',
    meaning: 'The server does not allow every character.',
    todo: 'Rename it later if you like.',
  },
  'filtered-out': {
    title: 'Left out as you wished',
    meaning: 'The message does not fit your choice.',
    todo: 'Nothing to do.',
  },
  'archive-missing': {
    title: 'There is no archive here',
    meaning: 'The folder is gone, or its disk is not connected.',
    todo: 'Connect the disk, or open the archive at its new place.',
  },
  'archive-foreign': {
    title: 'This folder is not an archive of Mailferry',
    meaning: 'Nothing in it was changed.',
    todo: 'Choose a folder that holds an archive.',
  },
  'archive-newer': {
    title: 'This archive was made by a newer Mailferry',
    meaning: 'It was not touched.',
    todo: 'Update Mailferry, then open it again.',
  },
  'archive-damaged': {
    title: 'The archive is damaged',
    meaning: 'Something in it is not as it was written. Nothing was deleted.',
    todo: 'Verify it to see which messages are concerned.',
  },
  'archive-locked': {
    title: 'The archive is in use',
    meaning: 'Another window or program is writing to it.',
    todo: 'Wait until that has ended, then try again.',
  },
  'archive-other-account': {
    title: 'This archive belongs to another account',
    meaning: 'Nothing was mixed.',
    todo: 'Choose another folder for this account.',
  },
  'mirror-refused': {
    title: 'Far too much would be removed',
    meaning: 'The archive stays as it is.',
    todo: 'Look at the account first: is its mail really gone?',
  },
  'disk-full': {
    title: 'The disk is full',
    meaning: 'What was stored so far is safe.',
    todo: 'Make room, then go on; Mailferry starts where it stopped.',
  },
  'path-not-writable': {
    title: 'Mailferry may not write there',
    meaning: 'Nothing was stored.',
    todo: 'Choose another folder, or change its permissions.',
  },
  'path-is-file': {
    title: 'That is a file, not a folder',
    meaning: 'Nothing was stored.',
    todo: 'Choose a folder.',
  },
  'path-not-empty': {
    title: 'That folder holds other things',
    meaning: 'Nothing in it was changed.',
    todo: 'Choose an empty folder, or one with an archive.',
  },
  'io-error': {
    title: 'The disk could not be read or written',
    meaning: 'What was stored before is safe.',
    todo: 'Check the disk and its cable, then try again.',
  },
  usage: {
    title: 'That is not possible like this',
    meaning: 'Nothing was changed.',
    todo: 'Check what you entered.',
  },
  cancelled: {
    title: 'Cancelled',
    meaning: 'What was stored so far is safe.',
    todo: 'Start it again whenever you like; it goes on where it stopped.',
  },
  'cut-off': {
    title: 'This was cut off',
    meaning: 'Mailferry stopped in the middle of it and is starting again. No mail is lost.',
    todo: 'Try again in a moment.',
  },
  internal: {
    title: 'Mailferry made a mistake',
    meaning: 'What was stored so far is safe.',
    todo: 'Try again. If it happens once more, report it with the details below.',
  },
} satisfies Record<FailureCode, FailureText>;
