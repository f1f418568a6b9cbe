import { request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { PinnedAddress } from './cameraAddress.ts';

export interface Fetched {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface PinnedAsk {
  mostBytes: number;
  method?: 'GET' | 'POST' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
}

/** One request to the address that was checked; redirects are answers like any other, and not followed. */
export function fetchPinned({ address, family }: Pick<PinnedAddress, 'address' | 'family'>, url: URL, { mostBytes, method = 'GET', headers, body }: PinnedAsk, signal: AbortSignal): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    const lookup = (_host: string, options: { all?: boolean }, done: (error: null, address: unknown, family?: number) => void) => (options.all ? done(null, [{ address, family }]) : done(null, address, family));
    const auth = url.username ? { auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` } : {};
    const onAnswer = (answer: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostBytes) answer.destroy(new Error('the gateway answered too much'));
        else chunks.push(chunk);
      });
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }));
    };
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    send(url, { method, lookup: lookup as never, signal, headers: { accept: '*/*', ...headers }, ...auth }, onAnswer).on('error', reject).end(body);
  });
}
