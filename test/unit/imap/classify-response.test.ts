import { describe, expect, it } from 'vitest';
import { classifyResponse, type ResponseContext } from '../../../electron/engine/imap/classify-response.ts';

type Row = ['NO' | 'BAD' | 'BYE', string | null, string, ResponseContext, string, string, string];

describe('classifyResponse', () => {
  it.each([
    // by response code (RFC 5530)
    ['NO', 'OVERQUOTA', 'Quota exceeded', 'append', 'over-quota', 'account', 'later'],
    ['NO', 'OVERQUOTA', 'Account exceeded bandwidth limits', 'fetch', 'server-throttled', 'account', 'later'],
    ['NO', 'TRYCREATE', "Mailbox doesn't exist: X", 'append', 'mailbox-missing', 'mailbox', 'never'],
    ['NO', 'NONEXISTENT', 'Unknown Mailbox', 'select', 'mailbox-missing', 'mailbox', 'never'],
    ['NO', 'TOOBIG', 'no', 'append', 'message-too-large', 'message', 'never'],
    ['NO', 'LIMIT', 'Mailbox holds too many messages', 'append', 'message-refused', 'message', 'never'],
    [
      'NO',
      'LIMIT',
      'Maximum number of connections from user+IP exceeded',
      'other',
      'server-throttled',
      'account',
      'later',
    ],
    ['NO', 'INUSE', 'Mailbox in use', 'select', 'server-refused', 'mailbox', 'now'],
    ['NO', 'UNAVAILABLE', 'Temporary failure', 'select', 'server-refused', 'account', 'now'],
    ['NO', 'SERVERBUG', 'Internal error occurred', 'append', 'server-refused', 'message', 'now'],
    ['NO', 'AUTHENTICATIONFAILED', 'x', 'other', 'authentication-failed', 'account', 'never'],
    ['NO', 'EXPIRED', 'x', 'other', 'authentication-failed', 'account', 'never'],
    ['NO', 'NOPERM', 'Access denied', 'select', 'mailbox-refused', 'mailbox', 'never'],
    ['NO', 'noperm', 'Access denied', 'create', 'mailbox-refused', 'mailbox', 'never'],
    ['NO', 'CANNOT', 'Invalid name', 'create', 'mailbox-refused', 'mailbox', 'never'],
    ['NO', 'EXPUNGEISSUED', 'gone', 'fetch', 'message-vanished', 'message', 'never'],
    ['NO', 'THROTTLED', 'x', 'fetch', 'server-throttled', 'account', 'later'],
    // by the words that servers use
    [
      'BAD',
      null,
      'Request is throttled. Suggested Backoff Time: 92415 milliseconds',
      'fetch',
      'server-throttled',
      'account',
      'later',
    ],
    ['NO', null, 'Message size exceeds fixed limit', 'append', 'message-too-large', 'message', 'never'],
    ['NO', null, 'Message too large.', 'append', 'message-too-large', 'message', 'never'],
    ['NO', null, 'Message contains NUL characters', 'append', 'message-refused', 'message', 'never'],
    ['NO', null, 'Message contains bare newlines', 'append', 'message-refused', 'message', 'never'],
    ['NO', null, 'Message contains non-ASCII characters in headers', 'append', 'message-refused', 'message', 'never'],
    ['NO', null, 'Virus found: Eicar-Test', 'append', 'message-refused', 'message', 'never'],
    ['BAD', null, 'Invalid flag keyword', 'append', 'message-refused', 'message', 'never'],
    ['NO', null, 'Mailbox is full', 'append', 'over-quota', 'account', 'later'],
    ['NO', null, 'Some of the requested messages no longer exist.', 'fetch', 'message-vanished', 'message', 'never'],
    ['BAD', null, 'User is authenticated but not connected.', 'select', 'authentication-failed', 'account', 'never'],
    // by context alone
    ['NO', null, 'x', 'append', 'message-refused', 'message', 'never'],
    ['NO', null, 'x', 'fetch', 'message-unreadable', 'message', 'never'],
    ['NO', null, 'x', 'select', 'mailbox-refused', 'mailbox', 'never'],
    ['BAD', null, 'x', 'create', 'mailbox-refused', 'mailbox', 'never'],
    ['BAD', null, 'x', 'other', 'server-refused', 'account', 'never'],
    ['BYE', null, 'Disconnected for inactivity', 'fetch', 'server-bye', 'account', 'now'],
    ['BYE', null, 'Too many simultaneous connections', 'other', 'server-throttled', 'account', 'later'],
  ] satisfies Row[])('%s [%s] %s at %s', (status, code, text, context, failure, scope, retry) => {
    expect(classifyResponse(status, code, text, context)).toMatchObject({ code: failure, scope, retry });
  });

  it.each([
    ['Message size exceeds limit', 'size'],
    ['Message contains NUL characters', 'octets'],
    ['Keyword not allowed', 'flags'],
    ['Invalid date-time', 'date'],
    ['Rejected by content policy', 'content'],
  ])('%s tells the writer what about the message was refused: %s', (text, about) => {
    expect(classifyResponse('NO', null, text, 'append').details).toMatchObject({ about });
  });

  it('gives the pause that the server asks for, and no more than an hour', () => {
    const say = (ms: string) =>
      classifyResponse('BAD', null, `Request is throttled. Suggested Backoff Time: ${ms} milliseconds`, 'fetch');
    expect(say('92415').details).toMatchObject({ backoffMs: 92_415 });
    expect(say('999999999999').details).toMatchObject({ backoffMs: 3_600_000 });
  });

  it('bounds and cleans the text of a hostile server', () => {
    const { message, details } = classifyResponse('NO', '\x1b]0;x', `\x1b[2J${'A'.repeat(100_000)}`, 'append');
    expect(message.length).toBeLessThan(400);
    expect(JSON.stringify({ message, details })).not.toMatch(/\\u001b/);
  });
});
