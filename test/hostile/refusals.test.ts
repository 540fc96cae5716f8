/** NO, BAD, BYE and a cut line instead of each answer that the engine waits for. */
import type { FailureCode } from '../../shared/failure.ts';
import { drop, reset, say } from '../helpers/scripted-imap/acts.ts';
import { always, once, type Act } from '../helpers/scripted-imap/script.ts';
import { complete, fails, incomplete, type Ending, type HostileCase } from './harness/case.ts';
import { hostileSuite } from './harness/suite.ts';

const ACTS: Record<string, Act> = {
  NO: say('$TAG NO Not now, not ever'),
  BAD: say('$TAG BAD What?'),
  BYE: say('* BYE Going down'),
  'a cut line': drop,
  'a reset line': reset,
};

interface Row {
  job: HostileCase['job'];
  verb: string;
  args?: RegExp;
  /** By the kind of answer: given once, the rest is well-behaved. */
  once: Record<string, Ending>;
  /** Given each time. */
  always?: Record<string, Ending>;
  more?: Partial<HostileCase>;
}

/** A line that breaks before anything was planned is told at once; later it is opened again. */
const brokenEarly = {
  BYE: fails('server-bye'),
  'a cut line': fails('connection-lost'),
  'a reset line': fails('connection-lost'),
};
const healed = { BYE: complete(), 'a cut line': complete(), 'a reset line': complete() };
const refused = (code: FailureCode) => ({ NO: fails(code), BAD: fails(code) });

/** `Projekte/Ärger` as it travels. */
const ODD_NAME = /AMQ/;
/** Asked for each folder a second time. */
const noMailboxes = incomplete({ 'mailbox-refused': 2 });

const ROWS: Row[] = [
  { job: 'backup', verb: 'GREETING', once: { ...brokenEarly } },
  { job: 'backup', verb: 'AUTHENTICATE', once: { ...refused('authentication-failed'), ...brokenEarly } },
  {
    job: 'backup',
    verb: 'LIST',
    once: { NO: complete(), BAD: complete(), ...brokenEarly },
    always: { NO: fails('server-refused') },
  },
  {
    ...{ job: 'backup', verb: 'EXAMINE', args: ODD_NAME },
    once: { NO: incomplete({ 'mailbox-refused': 1 }), BAD: incomplete({ 'mailbox-refused': 1 }), ...healed },
    always: { BYE: fails('server-bye'), 'a cut line': fails('connection-lost') },
  },
  {
    ...{ job: 'backup', verb: 'UID SEARCH' },
    once: { NO: incomplete({ 'mailbox-refused': 1 }), BAD: incomplete({ 'mailbox-refused': 1 }), ...healed },
  },
  {
    ...{ job: 'backup', verb: 'UID FETCH', args: /BODY/ },
    once: { NO: complete(), BAD: complete(), ...healed },
    always: {
      NO: incomplete({ 'message-unreadable': 9 }),
      BYE: fails('server-bye'),
      'a reset line': fails('connection-lost'),
    },
  },
  {
    ...{ job: 'restore', verb: 'CREATE' },
    once: { NO: complete(), BAD: complete(), ...healed },
    always: { NO: noMailboxes },
  },
  { job: 'restore', verb: 'SUBSCRIBE', once: { NO: complete(), BAD: complete(), ...healed } },
  {
    ...{ job: 'restore', verb: 'APPEND' },
    once: { NO: complete(), BAD: complete(), ...healed },
    always: {
      NO: incomplete({ 'message-refused': 9 }),
      BYE: fails('server-bye'),
      'a cut line': fails('connection-lost'),
    },
  },
  { job: 'restore', verb: 'SELECT', once: { NO: complete(), BAD: complete(), ...healed } },
  {
    ...{ job: 'restore', verb: 'STATUS' },
    once: { NO: complete(), BAD: complete(), ...healed },
    always: { NO: noMailboxes },
  },
  { job: 'to', verb: 'UID FETCH', once: { NO: complete(), ...healed } },
  { job: 'to', verb: 'UNSELECT', once: { NO: complete(), BAD: complete(), ...healed } },
  { job: 'from', verb: 'UID FETCH', args: /BODY/, once: { NO: complete(), ...healed } },
];

function casesOf({ job, verb, args, once: first, always: each = {}, more }: Row): HostileCase[] {
  const make = (how: string, rule: typeof once, answers: Row['once']): HostileCase[] =>
    Object.entries(answers).map(([kind, ends]) => ({
      name: `${job}: ${kind} to ${verb}, ${how}`,
      job,
      script: () => rule(verb, ACTS[kind]!, args),
      ends,
      ...more,
    }));
  return [...make('once', once, first), ...make('each time', always, each)];
}

hostileSuite('refusals', ROWS.flatMap(casesOf));
