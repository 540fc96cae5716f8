import type { NastyMessage } from './nasty/compose.ts';
import { headerMessages } from './nasty/headers.ts';
import { lineEndMessages } from './nasty/line-ends.ts';
import { mimeMessages } from './nasty/mime.ts';
import { dateMessages, flagMessages, sizeMessages } from './nasty/sizes-dates-flags.ts';

export type { NastyMessage } from './nasty/compose.ts';

let made: readonly NastyMessage[] | null = null;

/** Some 160 messages that trouble servers, archives and clients: about 11 MB. The same octets each time. */
export function nastyMessages(): readonly NastyMessage[] {
  made ??= [
    ...lineEndMessages(),
    ...headerMessages(),
    ...mimeMessages(),
    ...sizeMessages(),
    ...dateMessages(),
    ...flagMessages(),
  ];
  return made;
}
