import type { DemoAccount } from '../account.ts';
import type { ArgumentReader } from '../arguments.ts';
import type { DemoMailbox } from '../mailbox.ts';
import { bad } from '../refusal.ts';
import type { Session } from '../session.ts';
import { matchesPattern } from '../text/list-pattern.ts';
import { quoted, quotedMailbox } from '../text/quote.ts';
import { readStatusItems, statusResponse } from './status.ts';

interface ListRequest {
  onlySubscribed: boolean;
  onlySpecialUse: boolean;
  patterns: string[];
  showSubscribed: boolean;
  /** null: no STATUS wished for. */
  statusItems: string[] | null;
}

/** LIST (RFC 3501 §6.3.8) with selection and return options (RFC 5258), SPECIAL-USE (RFC 6154) and STATUS (RFC 5819). */
export function list(session: Session, args: ArgumentReader): string {
  const request = readRequest(session, args);
  const { delimiter } = session.user;
  if (request.patterns.length === 1 && request.patterns[0] === '') {
    session.out.line(`* LIST (\\Noselect) ${quoted(delimiter)} ""`);
    return 'OK LIST done';
  }
  const parents = parentPaths(session.user);
  for (const mailbox of session.user.mailboxes) {
    if (!isWanted(session, request, mailbox)) continue;
    const attributes = attributesOf(session, mailbox, parents, request);
    session.out.line(`* LIST (${attributes.join(' ')}) ${quoted(delimiter)} ${quotedMailbox(mailbox.path)}`);
    if (request.statusItems && mailbox.selectable) {
      session.out.line(statusResponse(session, mailbox, request.statusItems));
    }
  }
  return 'OK LIST done';
}

/** Paths that have something below them. */
export function parentPaths(account: DemoAccount): Set<string> {
  const parents = new Set<string>();
  for (const { path } of account.mailboxes) {
    for (let at = path.indexOf(account.delimiter); at > 0; at = path.indexOf(account.delimiter, at + 1)) {
      parents.add(path.slice(0, at));
    }
  }
  return parents;
}

function readRequest(session: Session, args: ArgumentReader): ListRequest {
  args.space();
  const selection = args.peek() === '(' ? readSelection(session, args) : [];
  const reference = args.listPattern();
  args.space();
  const many = args.peek() === '(';
  if (many) needExtended(session);
  const patterns = many ? args.list(() => args.listPattern()) : [args.listPattern()];
  const request: ListRequest = {
    onlySubscribed: selection.includes('SUBSCRIBED'),
    onlySpecialUse: selection.includes('SPECIAL-USE'),
    patterns: patterns.map((pattern) => (pattern === '' ? '' : reference + pattern)),
    showSubscribed: selection.includes('SUBSCRIBED'),
    statusItems: null,
  };
  if (args.take(' ')) readReturn(session, args, request);
  args.end();
  return request;
}

function readSelection(session: Session, args: ArgumentReader): string[] {
  needExtended(session);
  const options = args.list(() => args.keyword());
  const known = ['SUBSCRIBED', 'REMOTE', 'RECURSIVEMATCH', 'SPECIAL-USE'];
  if (options.some((option) => !known.includes(option))) throw bad('Unknown selection option');
  args.space();
  return options;
}

function readReturn(session: Session, args: ArgumentReader, request: ListRequest): void {
  if (!session.offers('LIST-STATUS') || session.offers('LIST-EXTENDED')) needExtended(session);
  args.expect('RETURN');
  args.space();
  args.list(() => {
    const option = args.keyword();
    if (option === 'SUBSCRIBED') request.showSubscribed = true;
    else if (option === 'STATUS' && session.offers('LIST-STATUS')) {
      args.space();
      request.statusItems = readStatusItems(session, args);
    } else if (option !== 'CHILDREN' && !(option === 'SPECIAL-USE' && session.offers('SPECIAL-USE'))) {
      throw bad('Unknown return option');
    }
  });
}

function needExtended(session: Session): void {
  if (!session.offers('LIST-EXTENDED')) throw bad('LIST-EXTENDED is not offered');
}

function isWanted(session: Session, request: ListRequest, mailbox: DemoMailbox): boolean {
  if (request.onlySubscribed && !session.user.subscriptions.has(mailbox.path)) return false;
  if (request.onlySpecialUse && mailbox.specialUse.length === 0) return false;
  return request.patterns.some((pattern) => matchesPattern(pattern, mailbox.path, session.user.delimiter));
}

function attributesOf(
  session: Session,
  mailbox: DemoMailbox,
  parents: ReadonlySet<string>,
  request: ListRequest,
): string[] {
  const attributes = [parents.has(mailbox.path) ? '\\HasChildren' : '\\HasNoChildren'];
  if (!mailbox.selectable) attributes.unshift('\\Noselect');
  if (session.offers('SPECIAL-USE')) attributes.push(...mailbox.specialUse);
  if (request.showSubscribed && session.user.subscriptions.has(mailbox.path)) attributes.push('\\Subscribed');
  return attributes;
}
