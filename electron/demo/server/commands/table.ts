import type { ArgumentReader } from '../arguments.ts';
import type { CapabilityName } from '../options.ts';
import type { Session } from '../session.ts';
import { append } from './append.ts';
import { authenticate, login } from './authenticate.ts';
import { capability, enable, id, logout, namespace, noop, startTls } from './capability.ts';
import { copy, move } from './copy.ts';
import { expunge } from './expunge.ts';
import { fetch } from './fetch.ts';
import { list } from './list.ts';
import { createMailbox, deleteMailbox, lsub, renameMailbox, subscribe, unsubscribe } from './mailboxes.ts';
import { getQuota, getQuotaRoot } from './quota.ts';
import { search } from './search.ts';
import { check, close, examine, select, unselect } from './select.ts';
import { status } from './status.ts';
import { store } from './store.ts';

export interface CommandCall {
  tag: string;
  byUid: boolean;
}

export interface Command {
  /** fresh: before sign-in only; user: after it; selected: with a mailbox open. */
  state: 'any' | 'fresh' | 'user' | 'selected';
  needs?: CapabilityName;
  /** No EXPUNGE may be told during it (RFC 3501 §7.4.1). */
  keepsNumbers?: boolean;
  /** Reads its arguments, writes untagged responses, returns the tagged one. @throws Refusal */
  run(session: Session, args: ArgumentReader, call: CommandCall): string | Promise<string>;
  /** Once the tagged reply was written. */
  after?(session: Session): void;
}

/** Every command by its verb. */
export const COMMANDS: Partial<Record<string, Command>> = {
  CAPABILITY: { state: 'any', run: capability },
  NOOP: { state: 'any', run: noop },
  LOGOUT: { state: 'any', run: logout },
  ID: { state: 'any', needs: 'ID', run: id },
  STARTTLS: { state: 'fresh', run: startTls, after: (session) => session.startTls() },
  LOGIN: { state: 'fresh', run: login },
  AUTHENTICATE: { state: 'fresh', needs: 'AUTH=PLAIN', run: authenticate },
  ENABLE: { state: 'user', needs: 'ENABLE', run: enable },
  NAMESPACE: { state: 'user', needs: 'NAMESPACE', run: namespace },
  LIST: { state: 'user', run: list },
  LSUB: { state: 'user', run: lsub },
  SUBSCRIBE: { state: 'user', run: subscribe },
  UNSUBSCRIBE: { state: 'user', run: unsubscribe },
  CREATE: { state: 'user', run: createMailbox },
  DELETE: { state: 'user', run: deleteMailbox },
  RENAME: { state: 'user', run: renameMailbox },
  STATUS: { state: 'user', run: status },
  SELECT: { state: 'user', run: select },
  EXAMINE: { state: 'user', run: examine },
  APPEND: { state: 'user', run: append },
  GETQUOTAROOT: { state: 'user', needs: 'QUOTA', run: getQuotaRoot },
  GETQUOTA: { state: 'user', needs: 'QUOTA', run: getQuota },
  CHECK: { state: 'selected', run: check },
  CLOSE: { state: 'selected', run: close },
  UNSELECT: { state: 'selected', needs: 'UNSELECT', run: unselect },
  EXPUNGE: { state: 'selected', run: expunge },
  'UID EXPUNGE': { state: 'selected', needs: 'UIDPLUS', run: expunge },
  FETCH: { state: 'selected', keepsNumbers: true, run: fetch },
  'UID FETCH': { state: 'selected', run: fetch },
  SEARCH: { state: 'selected', keepsNumbers: true, run: search },
  'UID SEARCH': { state: 'selected', run: search },
  STORE: { state: 'selected', keepsNumbers: true, run: store },
  'UID STORE': { state: 'selected', run: store },
  COPY: { state: 'selected', run: copy },
  'UID COPY': { state: 'selected', run: copy },
  MOVE: { state: 'selected', needs: 'MOVE', run: move },
  'UID MOVE': { state: 'selected', needs: 'MOVE', run: move },
};
