export interface NastyMailbox {
  /** Unique; reads as what is wrong with it. */
  name: string;
  /** Path segments below the prefix of the personal name space; join them with the server's delimiter. */
  segments: string[];
  /** Holds the delimiter of some servers: only for those that have another. */
  unlessDelimiter?: '/' | '.';
}

/**
 * Mailbox names that trouble servers, file systems and clients. A server may refuse some of them: the tables in
 * servers/habits.ts say which do, as measured.
 */
export function nastyMailboxes(): readonly NastyMailbox[] {
  return [...unicode(), ...signs(), ...fileSystem(), ...delimiters(), ...shapes()];
}

const one = (name: string, segment: string): NastyMailbox => ({ name, segments: [segment] });

function unicode(): NastyMailbox[] {
  return [
    one('umlauts, composed', 'Entwürfe äöüß'),
    one('umlauts, decomposed', 'Entwürfe äöüß'.normalize('NFD')),
    one('upper case', 'CASE TWIN'),
    one('lower case', 'case twin'),
    one('emoji', '📬 Reise 👩‍👩‍👧'),
    one('Chinese, Japanese and Korean', '工作・邮件 한국어'),
    one('right to left', 'הודעות ישנות'),
    one('a direction override', 'safe\u202egpj.exe'),
    one('a no-break space and a zero-width space', 'a\u00a0b\u200bc'),
    one('beyond the basic plane', '𝔉𝔢𝔯𝔯𝔶 𐍈'),
    one('accents stacked', `z${'\u0301'.repeat(12)}`),
  ];
}

function signs(): NastyMailbox[] {
  return [
    one('an ampersand alone', '&'),
    one('an ampersand and a hyphen', '&-'),
    one('an ampersand between letters', 'a&b'),
    one('what looks like modified UTF-7', '&AOQ-'),
    one('quotes', 'say "hello"'),
    one('a backslash', 'back\\slash'),
    one('a percent sign', '100%'),
    one('a star', 'five * stars'),
    one('brackets and braces', '(a) {5} [b] <c>'),
    one('what looks percent-encoded', 'a%2Fb%00c'),
    one('an apostrophe and signs of the shell', "it's $HOME `x` | y; z"),
    one('a plus, a comma, an equals sign', 'a+b,c=d'),
    one('a colon and a question mark', 'Re: why?'),
    one('a hash first', '#news'),
    one('a tilde first', '~ben'),
  ];
}

function fileSystem(): NastyMailbox[] {
  return [
    one('a device of Windows', 'CON'),
    one('a device of Windows with an ending', 'AUX.txt'),
    one('a device of Windows in lower case', 'nul'),
    one('a leading blank', ' leading'),
    one('a trailing blank', 'trailing '),
    one('a trailing dot', 'dot.'),
    one('two dots', '..'),
    one('one dot', '.'),
    one('a leading dot', '.hidden'),
    one('the ending of a folder of Thunderbird', 'Work.sbd'),
    one('the ending of an index of Thunderbird', 'Work.msf'),
    one('the ending of an unfinished file', 'Work.part'),
    one('the name of a Maildir folder', 'cur'),
    one('the manifest of an archive', 'mailferry.json'),
    one('200 characters', 'long '.repeat(40).trim()),
    one('80 characters of four octets each', '😀'.repeat(80)),
  ];
}

function delimiters(): NastyMailbox[] {
  return [
    { name: 'a slash in a name', segments: ['in/out'], unlessDelimiter: '/' },
    { name: 'two dots and a slash', segments: ['../escape'], unlessDelimiter: '/' },
    { name: 'a dot in a name', segments: ['v1.2'], unlessDelimiter: '.' },
    one('a caret, which stands for a dot in Cyrus', 'a^b'),
  ];
}

function shapes(): NastyMailbox[] {
  return [
    { name: 'twenty levels', segments: Array.from({ length: 20 }, (_, i) => `level${i}`) },
    { name: 'INBOX in the middle', segments: ['Old', 'INBOX', 'Kept'] },
    { name: 'a child called inbox', segments: ['Old', 'inbox'] },
    { name: 'a parent that is only a name', segments: ['Only a name', 'Child'] },
    { name: 'the same name below itself', segments: ['Same', 'Same', 'Same'] },
    one('a tab', 'tab\tinside'),
    one('a control character', 'bell\u0007'),
  ];
}
