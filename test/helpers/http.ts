/** Requests that no browser and no fetch would send: any Host, any path, raw. */
import http from 'node:http';

export interface RawReply {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** Names and values in turn, with every repetition. */
  rawHeaders: string[];
  body: string;
}

export interface RawRequest {
  port: number;
  method?: string;
  path?: string;
  /** Host too; without it none is sent. */
  headers?: Record<string, string>;
}

export function rawRequest({ port, method = 'GET', path = '/', headers }: RawRequest): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const request = http.request({
      host: '127.0.0.1',
      agent: false,
      setHost: false,
      port,
      method,
      path,
      headers: headers ?? { host: `127.0.0.1:${port}` },
    });
    request.once('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      const { headers: seen, rawHeaders } = response;
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: seen, rawHeaders, body }));
      response.once('error', reject);
    });
    request.once('error', reject);
    request.end();
  });
}
