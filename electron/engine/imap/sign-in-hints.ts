import { hostEndsWith } from './quirks/host.ts';

const APP_PASSWORD =
  'needs an app password, which you create in the security settings of your account; the usual password does not work.';

/** What keeps most people out at this provider, by its own help pages; '' for all others. */
const HINTS: { domains: string[]; hint: string }[] = [
  // support.google.com/mail/answer/185833
  { domains: ['gmail.com', 'googlemail.com'], hint: `Gmail ${APP_PASSWORD}` },
  // help.yahoo.com/kb/SLN15241.html
  { domains: ['yahoo.com', 'aol.com', 'yahoodns.net'], hint: `Yahoo and AOL ${APP_PASSWORD.replace('needs', 'need')}` },
  // support.apple.com/102654
  { domains: ['me.com', 'icloud.com', 'mac.com'], hint: `iCloud ${APP_PASSWORD}` },
  // fastmail.help "App passwords"
  { domains: ['fastmail.com', 'messagingengine.com'], hint: `Fastmail ${APP_PASSWORD}` },
  // hilfe.gmx.net and hilfe.web.de, "POP3/IMAP einschalten"
  {
    domains: ['gmx.net', 'gmx.de', 'gmx.com', 'web.de', 'mail.com'],
    hint: 'At GMX, WEB.DE and mail.com IMAP must first be switched on in the settings of the account.',
  },
  // telekom.de help "E-Mail-Passwort"
  { domains: ['t-online.de'], hint: 'T-Online wants the password for e-mail programs, not that of the Telekom login.' },
  // learn.microsoft.com "Deprecation of Basic authentication in Exchange Online"
  {
    domains: ['outlook.com', 'office365.com', 'hotmail.com', 'live.com'],
    hint: 'Microsoft no longer takes passwords for IMAP: sign in with an access token (OAuth2).',
  },
  // zoho.com/mail/help/imap-access.html
  { domains: ['zoho.com', 'zoho.eu'], hint: `Zoho with two-factor sign-in ${APP_PASSWORD}` },
];

export function signInHint(host: string): string {
  return HINTS.find(({ domains }) => hostEndsWith(host, ...domains))?.hint ?? '';
}
