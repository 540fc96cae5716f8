import { describe, expect, it } from 'vitest';
import { quoteServer, sanitizeServerText, secretForms } from '../../../electron/engine/imap/server-text.ts';

describe('text from a server', () => {
  it('loses terminal escapes, line breaks and marks that reorder text', () => {
    expect(sanitizeServerText('\x1b[31mred\x1b[0m\r\nnext\u202eevil\u0085.')).toBe('[31mred [0m next evil .');
  });

  it('is cut at 200 characters, and never in the middle of one', () => {
    const text = sanitizeServerText('😀'.repeat(1000));
    expect(text.length).toBeLessThanOrEqual(200);
    expect(text.isWellFormed()).toBe(true);
  });

  it('never shows a secret, plain or as SASL wrote it', () => {
    const secrets = secretForms('alice', 'hunter2');
    const plain = Buffer.from('\0alice\0hunter2').toString('base64');
    for (const echo of ['hunter2', Buffer.from('hunter2').toString('base64'), plain]) {
      const shown = quoteServer(`bad login ${echo} sorry`, secrets);
      expect(shown).toContain('***');
      expect(shown).not.toContain(echo.replace(/=+$/, ''));
    }
  });

  it('says nothing when the server said nothing', () => {
    expect(quoteServer('\r\n')).toBe('');
  });
});
