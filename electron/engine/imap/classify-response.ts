import type { FailureCode, FailureRetry, FailureScope } from '../../../shared/failure.ts';
import { EngineError } from '../errors.ts';
import { quoteServer, sanitizeServerText } from './server-text.ts';
import { backoffFromText } from './quirks/throttling.ts';

/** What the refused command was for; decides what is lost by the refusal. */
export type ResponseContext = 'append' | 'fetch' | 'select' | 'create' | 'other';

interface Verdict {
  code: FailureCode;
  scope: FailureScope;
  retry: FailureRetry;
  say: string;
  /** For the writer: what about the message was refused, so that it can try again without it. */
  about?: 'size' | 'octets' | 'flags' | 'date' | 'content';
}

/**
 * A tagged NO or BAD, or a BYE, as an EngineError.
 *
 * The response code decides where there is one (RFC 5530, RFC 9051 §7.1), else the words that servers are known to
 * use, else the context. details: `response` (the code), `serverText` (sanitised), `about`, `backoffMs`.
 *
 * @param code the response code's name without brackets and arguments, or null
 * @param text the human-readable rest of the line; hostile
 */
export function classifyResponse(
  status: 'NO' | 'BAD' | 'BYE',
  code: string | null,
  text: string,
  context: ResponseContext,
): EngineError {
  const name = code === null ? '' : code.toUpperCase();
  const verdict =
    byThrottling(name, text, context) ?? byBye(status, text) ?? byCode(name, context) ?? byText(text, context);
  const { code: failure, scope, retry, say, about } = verdict ?? byContext(status, context);
  const details: Record<string, string | number> = {};
  const clean = sanitizeServerText(text);
  if (name !== '') details.response = sanitizeServerText(name);
  if (clean !== '') details.serverText = clean;
  if (about) details.about = about;
  const backoffMs = backoffFromText(text);
  if (failure === 'server-throttled' && backoffMs !== null) details.backoffMs = backoffMs;
  return new EngineError(failure, say + quoteServer(text), { scope, retry, details });
}

const THROTTLED: Verdict = {
  code: 'server-throttled',
  scope: 'account',
  retry: 'later',
  say: 'The server asks for a slower pace. The job goes on later.',
};

const CONNECTIONS: Verdict = {
  code: 'server-throttled',
  scope: 'account',
  retry: 'later',
  say: 'The server allows no more connections at the moment. Close other mail programs or use fewer connections.',
};

/** Words that mean "slow down" whatever the status: Exchange answers BAD, Gmail NO or BYE. */
function byThrottling(code: string, text: string, context: ResponseContext): Verdict | null {
  if (
    /too many (simultaneous )?(connections|sessions)|(maximum|max) number of connections|connection limit|connections? (per|from) (user|ip)/i.test(
      text,
    )
  )
    return CONNECTIONS;
  if (
    code === 'THROTTLED' ||
    /request is throttled|\bthrottl|rate limit|bandwidth (limit|quota)|exceeded .*bandwidth|try again later.*(limit|exceeded)|too many (requests|commands)/i.test(
      text,
    )
  )
    return THROTTLED;
  // Gmail names its daily download limit OVERQUOTA: reading cannot fill a mailbox.
  return code === 'OVERQUOTA' && context === 'fetch' ? THROTTLED : null;
}

function byBye(status: string, text: string): Verdict | null {
  if (status !== 'BYE') return null;
  const say = /idle|inactiv|timeout|autologout/i.test(text)
    ? 'The server closed the connection because it was idle for too long.'
    : 'The server closed the connection.';
  return { code: 'server-bye', scope: 'account', retry: 'now', say };
}

const OVER_QUOTA: Verdict = {
  code: 'over-quota',
  scope: 'account',
  retry: 'later',
  say: 'The mailbox at the target is full. Free some space there or raise its quota, then run again.',
};

const TOO_LARGE: Verdict = {
  code: 'message-too-large',
  scope: 'message',
  retry: 'never',
  say: 'The message is larger than the server accepts.',
  about: 'size',
};

const MISSING: Verdict = {
  code: 'mailbox-missing',
  scope: 'mailbox',
  retry: 'never',
  say: 'The mailbox does not exist on the server.',
};

const SIGN_IN: Verdict = {
  code: 'authentication-failed',
  scope: 'account',
  retry: 'never',
  say: 'The server no longer accepts this sign-in. Check user name and password.',
};

/** RFC 5530 §3 unless another is named. */
function byCode(code: string, context: ResponseContext): Verdict | null {
  const scope = scopeOf(context);
  switch (code) {
    case 'OVERQUOTA':
      return OVER_QUOTA;
    case 'TOOBIG': // RFC 4469 §4.2, used for APPEND by RFC 7889 §4
      return TOO_LARGE;
    case 'TRYCREATE': // RFC 9051 §7.1
    case 'NONEXISTENT':
      return MISSING;
    case 'AUTHENTICATIONFAILED':
    case 'AUTHORIZATIONFAILED':
    case 'EXPIRED':
      return SIGN_IN;
    case 'UNAVAILABLE':
    case 'SERVERBUG':
      return refusal(
        'server-refused',
        scope === 'message' ? 'message' : 'account',
        'now',
        'The server has a problem of its own.',
      );
    case 'INUSE':
      return refusal('server-refused', 'mailbox', 'now', 'The mailbox is in use by another program.');
    case 'LIMIT':
      return context === 'append' || context === 'create'
        ? refusal(
            context === 'create' ? 'mailbox-refused' : 'message-refused',
            scope,
            'never',
            'A limit of the server is reached.',
          )
        : THROTTLED;
    case 'NOPERM':
      return refusal(
        context === 'other' ? 'server-refused' : 'mailbox-refused',
        context === 'other' ? 'account' : 'mailbox',
        'never',
        'You have no right to do this on the server.',
      );
    case 'CANNOT':
    case 'USEATTR': // RFC 6154 §3
      return context === 'create' ? byContext('NO', 'create') : null;
    case 'EXPUNGEISSUED':
      return refusal('message-vanished', 'message', 'never', 'The message was deleted on the server meanwhile.');
    case 'CORRUPTION':
    case 'UNKNOWN-CTE': // RFC 3516 §4.3
      return context === 'fetch'
        ? byContext('NO', 'fetch')
        : refusal('server-refused', scope, 'never', 'The server reports damaged data.');
    case 'CONTACTADMIN':
      return refusal('server-refused', scope, 'never', 'The server says that its administrator must help.');
    case 'PRIVACYREQUIRED':
      return refusal(
        'insecure-refused',
        'account',
        'never',
        'The server wants an encrypted connection. Use imaps:// or imap:// with STARTTLS.',
      );
    case 'BADCHARSET':
    case 'CLIENTBUG':
      return refusal('server-refused', scope, 'never', 'The server did not accept the command.');
    default:
      return null;
  }
}

/** What servers say without a code. Seen at Dovecot, Cyrus, Courier, Exchange, Gmail, Yahoo, Zimbra, hMailServer. */
const APPEND_TEXTS: [RegExp, Verdict][] = [
  [
    /quota|mailbox (is )?full|no space left|not enough (disk )?space|insufficient (disk )?(space|storage)|storage (limit|exceeded)/i,
    OVER_QUOTA,
  ],
  [
    /too (large|big)|(message|literal|mail) too long|(maximum|max\.?) (message|mail|literal|allowed) size|(message|literal|mail) size|size (limit|exceeds)|exceeds .*(size|limit)|larger than/i,
    TOO_LARGE,
  ],
  [/no such (mailbox|folder)|(mailbox|folder) (does ?n.t|does not) exist|unknown mailbox|trycreate/i, MISSING],
  [
    /(flag|keyword)s?\b/i,
    refusal('message-refused', 'message', 'never', 'The server does not accept the flags of this message.', 'flags'),
  ],
  [
    /date[- ]?time|internal ?date|invalid date|bad date/i,
    refusal('message-refused', 'message', 'never', 'The server does not accept the date of this message.', 'date'),
  ],
  [
    /\bnul\b|\bnull (char|byte|octet)|8.?bit|non-?ascii|bare (lf|newlines?|cr)\b|(invalid|malformed|bad) (header|message|mime|charac)|invalid octet|(header|line) (line )?(is )?(too long|invalid)/i,
    refusal('message-refused', 'message', 'never', 'The server does not accept the octets of this message.', 'octets'),
  ],
  [
    /virus|infect|malware|spam|phish|content (policy|reject)|policy/i,
    refusal('message-refused', 'message', 'never', 'A scanner at the server refused this message.', 'content'),
  ],
];

function byText(text: string, context: ResponseContext): Verdict | null {
  if (context === 'append') return APPEND_TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  if (context === 'create') return /quota|no space left/i.test(text) ? OVER_QUOTA : null;
  if (context === 'fetch')
    return /some of the requested messages no longer exist/i.test(text)
      ? refusal('message-vanished', 'message', 'never', 'The message was deleted on the server meanwhile.')
      : null;
  if (/not authenticated|authenticated but not connected|not logged in/i.test(text)) return SIGN_IN;
  if (
    context === 'select' &&
    /(mailbox|folder).*(does ?n.t|does not|not) (exist|found)|(no such|unknown|nonexist\w*) (mailbox|folder)/i.test(
      text,
    )
  )
    return MISSING;
  return null;
}

function byContext(status: string, context: ResponseContext): Verdict {
  switch (context) {
    case 'append':
      return refusal('message-refused', 'message', 'never', 'The server refused this message.');
    case 'fetch':
      return refusal('message-unreadable', 'message', 'never', 'The server could not hand out this message.');
    case 'select':
      return refusal('mailbox-refused', 'mailbox', 'never', 'The server refused to open the mailbox.');
    case 'create':
      return refusal(
        'mailbox-refused',
        'mailbox',
        'never',
        'The server refused to create the mailbox. Choose another name for it.',
      );
    case 'other':
      return refusal(
        'server-refused',
        'account',
        'never',
        status === 'BAD' ? 'The server did not understand a command.' : 'The server refused a command.',
      );
  }
}

function scopeOf(context: ResponseContext): FailureScope {
  if (context === 'append' || context === 'fetch') return 'message';
  return context === 'other' ? 'account' : 'mailbox';
}

function refusal(
  code: FailureCode,
  scope: FailureScope,
  retry: FailureRetry,
  say: string,
  about?: Verdict['about'],
): Verdict {
  return about ? { code, scope, retry, say, about } : { code, scope, retry, say };
}
