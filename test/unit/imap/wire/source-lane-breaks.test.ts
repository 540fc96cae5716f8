import { describe, expect, test } from 'vitest';
import { Collector, mailbox } from './collect-messages.ts';
import { type Peer } from './scripted-server.ts';
import { DATE, OPENED, lane, row, uids } from './source-stage.ts';

describe('a line that breaks', () => {
  const begun = `* 1 FETCH (UID 1 FLAGS () ${DATE} BODY[] {100}\r\nsome of it`;
  const open = async (peer: Peer) => {
    await peer.answer(/^EXAMINE/, OPENED);
    await peer.expect(/^UID FETCH/);
  };
  const quick = {
    tickMs: 10,
    inactivityMs: 80,
    windowMs: 60,
    minBytesPerSecond: 1000,
    messageMs: 5000,
    commandMs: 5000,
  };

  test.each<[string, string, (peer: Peer) => Promise<void> | void, object]>([
    ['the connection is cut inside a message', 'connection-lost', (peer) => void peer.socket.destroy(), {}],
    ['the server ends the connection inside a message', 'connection-lost', (peer) => void peer.socket.end(), {}],
    ['the server falls silent inside a message', 'server-stalled', (peer) => peer.closed(), quick],
    [
      'the server drips',
      'server-stalled',
      async (peer) => {
        const drip = setInterval(() => peer.send('.'), 20);
        await peer.closed();
        clearInterval(drip);
      },
      { ...quick, inactivityMs: 5000 },
    ],
    [
      'one message takes too long',
      'server-stalled',
      async (peer) => {
        const drip = setInterval(() => peer.send('.'), 10);
        await peer.closed();
        clearInterval(drip);
      },
      { ...quick, inactivityMs: 5000, minBytesPerSecond: 1, messageMs: 50, messageBytesPerSecond: 10000 },
    ],
  ])('when %s, aborts the message and says so', async (_name, code, breakOff, deadlines) => {
    const reader = await lane(
      async (peer) => {
        await open(peer);
        peer.send(begun);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await breakOff(peer);
      },
      { deadlines },
    );
    const got = new Collector();
    const fetched = reader.fetch(mailbox(), 7, uids(1, 2), got);
    await expect(fetched).rejects.toMatchObject({ code, scope: 'account', retry: 'now' });
    expect([got.aborted, got.messages.length]).toEqual([1, 0]);
  });

  test('BYE between messages ends the call', async () => {
    const reader = await lane(async (peer) => {
      await open(peer);
      peer.send(`${row(1, 'x')}* BYE shutting down\r\n`);
    });
    const got = new Collector();
    await expect(reader.fetch(mailbox(), 7, uids(1, 2), got)).rejects.toMatchObject({ code: 'server-bye' });
    expect([got.uids, got.aborted]).toEqual([[1], 0]);
  });

  test('a server that only ever says that it is still there is given up', async () => {
    const reader = await lane(
      async (peer) => {
        await open(peer);
        const chatter = setInterval(() => peer.send('* OK still here\r\n'), 10);
        await peer.closed();
        clearInterval(chatter);
      },
      { deadlines: { tickMs: 10, commandMs: 100 } },
    );
    await expect(reader.fetch(mailbox(), 7, uids(1), new Collector())).rejects.toMatchObject({
      code: 'server-stalled',
    });
  });

  test('nonsense is a protocol error', async () => {
    const reader = await lane(async (peer) => {
      await open(peer);
      peer.send('HTTP/1.1 400 Bad Request\r\n');
    });
    await expect(reader.fetch(mailbox(), 7, uids(1), new Collector())).rejects.toMatchObject({
      code: 'protocol-error',
    });
  });

  test('cancelling closes it', async () => {
    const stop = new AbortController();
    const reader = await lane(
      async (peer) => {
        await open(peer);
        peer.send(begun);
        setTimeout(() => stop.abort(), 20);
        await peer.closed();
      },
      { signal: stop.signal },
    );
    await expect(reader.fetch(mailbox(), 7, uids(1), new Collector())).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('a receiver that can take no more ends it with its own error', async () => {
    const full = new Error('the disk is full');
    const reader = await lane(async (peer) => {
      await open(peer);
      peer.send(row(1, 'x'));
      await peer.closed();
    });
    const got = new Collector();
    got.wait = Promise.reject(full);
    got.wait.catch(() => undefined);
    await expect(reader.fetch(mailbox(), 7, uids(1, 2), got)).rejects.toBe(full);
  });
});
