/** A folder listed at a server that is far away. */
import { expect, it } from 'vitest';
import { createImapSource } from '../../../electron/engine/imap/imap-source.ts';
import { systemClock } from '../../../electron/node/clock.ts';
import { mailbox } from './wire/collect-messages.ts';
import { PASSWORD, type Script, serve } from './scripted-server.ts';

async function open(answers: NonNullable<Script['answers']>) {
  const server = await serve({ capabilities: 'NAMESPACE ESEARCH', answers });
  const account = { user: 'alice', endpoint: server.endpoint() };
  const source = createImapSource({ account, credential: { password: PASSWORD }, clock: systemClock });
  return { source, lane: await source.openLane() };
}

const OPENED = '* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 10] ok';

it('is asked for its messages while it is being opened', async () => {
  let examine = '';
  const { source, lane } = await open({
    EXAMINE: ({ tag }) => {
      examine = tag;
      return null;
    },
    UID: ({ tag }) => `${OPENED}\r\n${examine} OK opened\r\n* ESEARCH (TAG "${tag}") UID ALL 4:5,9\r\n$ OK found`,
  });
  const { uids, uidValidity } = await lane.list(mailbox('INBOX', { messages: 3 }), {});
  expect([[...uids], uidValidity]).toEqual([[4, 5, 9], 7]);
  await lane.close();
  await source.close();
});

it('tells why it cannot be opened, whatever comes of the rest', async () => {
  const { source, lane } = await open({ EXAMINE: '$ NO [NOPERM] not yours', UID: '$ BAD nothing is selected' });
  await expect(lane.list(mailbox('INBOX', { messages: 3 }), {})).rejects.toThrow(/not yours/);
  await lane.close();
  await source.close();
});
