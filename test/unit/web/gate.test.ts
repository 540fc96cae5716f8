import { describe, expect, test } from 'vitest';
import { isRefusal, judge, judgeUpgrade, type Asked } from '../../../electron/web/gate.ts';

const PORT = 40123;
const OWN = `127.0.0.1:${PORT}`;

function asked(
  change: Partial<{ method: string; url: string; host: string[]; origin: string; upgrade: string }>,
): Asked {
  const { method = 'GET', url = '/', host = [OWN], origin, upgrade } = change;
  const headers: Record<string, string> = {};
  if (host[0] !== undefined) headers['host'] = host[0];
  if (origin !== undefined) headers['origin'] = origin;
  if (upgrade !== undefined) headers['upgrade'] = upgrade;
  return { method, url, headers, rawHeaders: host.flatMap((name) => ['Host', name]) };
}

const statusOf = (request: Asked): number | 'accepted' => {
  const verdict = judge(request, PORT);
  return isRefusal(verdict) ? verdict.status : 'accepted';
};

describe('a request is answered only under our own address', () => {
  test.each([
    [OWN, 'accepted'],
    [`localhost:${PORT}`, 'accepted'],
    ['127.0.0.1', 421],
    ['localhost', 421],
    [`127.0.0.1:${PORT + 1}`, 421],
    [`127.0.0.1:0${PORT}`, 421],
    [`rebind.example:${PORT}`, 421],
    [`127.0.0.1.rebind.example:${PORT}`, 421],
    [`localhost.rebind.example:${PORT}`, 421],
    [`127.0.0.1:${PORT}.rebind.example`, 421],
    [`rebind.example@127.0.0.1:${PORT}`, 421],
    [`localhost.:${PORT}`, 421],
    [`LOCALHOST:${PORT}`, 421],
    [`0.0.0.0:${PORT}`, 421],
    [`127.1:${PORT}`, 421],
    [`2130706433:${PORT}`, 421],
    [`[::1]:${PORT}`, 421],
    [`[::ffff:127.0.0.1]:${PORT}`, 421],
    ['', 421],
  ] as const)('Host %s: %s', (host, expected) => {
    expect(statusOf(asked({ host: [host] }))).toBe(expected);
  });

  test('no Host and two Hosts are refused', () => {
    expect(statusOf(asked({ host: [] }))).toBe(421);
    expect(statusOf(asked({ host: [OWN, OWN] }))).toBe(421);
  });
});

describe('another page may not ask', () => {
  test.each([
    ['GET', undefined, 'accepted'],
    ['HEAD', undefined, 'accepted'],
    ['GET', `http://${OWN}`, 'accepted'],
    ['GET', 'https://evil.example', 403],
    ['GET', 'null', 403],
    ['GET', `http://localhost:${PORT}`, 403],
    ['GET', `https://${OWN}`, 403],
    ['GET', `http://${OWN}.evil.example`, 403],
    ['POST', undefined, 403],
    ['POST', 'https://evil.example', 403],
    ['POST', `http://${OWN}`, 405],
    ['PUT', `http://${OWN}`, 405],
    ['DELETE', `http://${OWN}`, 405],
    ['OPTIONS', `http://${OWN}`, 405],
    ['OPTIONS', 'https://evil.example', 403],
    ['TRACE', `http://${OWN}`, 405],
  ] as const)('%s from %s: %s', (method, origin, expected) => {
    expect(statusOf(asked({ method, ...(origin !== undefined && { origin }) }))).toBe(expected);
  });

  test('Host is looked at before anything else', () => {
    expect(statusOf(asked({ method: 'POST', host: ['evil.example'], origin: 'http://evil.example' }))).toBe(421);
  });

  test.each(['http://evil.example/', `http://${OWN}/`, '*', ''])('a target of %s is no path', (url) => {
    expect(statusOf(asked({ url }))).toBe(400);
  });

  test('the path is handed on raw and without the query', () => {
    expect(judge(asked({ url: '/a%2e%2e/b?x=/c' }), PORT)).toEqual({ authority: OWN, path: '/a%2e%2e/b' });
  });
});

describe('a WebSocket', () => {
  const upgrade = (change: Parameters<typeof asked>[0]): number | 'accepted' => {
    const request = asked({ url: '/calls', upgrade: 'websocket', origin: `http://${OWN}`, ...change });
    const verdict = judge(request, PORT);
    const refusal = isRefusal(verdict) ? verdict : judgeUpgrade(request, verdict);
    return refusal?.status ?? 'accepted';
  };

  test.each([
    ['of our page', {}, 'accepted'],
    ['of another page', { origin: 'http://evil.example' }, 403],
    ['of a sandboxed frame', { origin: 'null' }, 403],
    ['of another port', { origin: `http://127.0.0.1:${PORT + 1}` }, 403],
    ['of localhost to 127.0.0.1', { origin: `http://localhost:${PORT}` }, 403],
    ['of localhost to localhost', { host: [`localhost:${PORT}`], origin: `http://localhost:${PORT}` }, 'accepted'],
    ['under a rebound name', { host: [`evil.example:${PORT}`], origin: `http://evil.example:${PORT}` }, 421],
    ['at another path', { url: '/' }, 404],
    ['with a query', { url: '/calls?token=x' }, 404],
    ['of another protocol', { upgrade: 'h2c' }, 400],
  ] as const)('%s: %s', (_title, change, expected) => {
    expect(upgrade(change as Parameters<typeof asked>[0])).toBe(expected);
  });

  test('that does not say where it comes from is refused', () => {
    const request = asked({ url: '/calls', upgrade: 'websocket' });
    expect(judgeUpgrade(request, { authority: OWN, path: '/calls' })?.status).toBe(403);
  });
});
