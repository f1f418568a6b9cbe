import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress, publicLookup } from '../../kernel/publicAddress.ts';

/** Largest answer taken. Units: bytes. */
export const LARGEST_ANSWER = 8 * 1024 * 1024;

/** What to ask for. `validators` are those of the last answer taken. */
export interface Ask {
  url: string;
  headers: Record<string, string>;
  allowPrivate: boolean;
  timeoutMs: number;
  validators?: Validators | undefined;
}

/** What tells a server which version we have. */
export interface Validators {
  etag?: string | undefined;
  lastModified?: string | undefined;
}

/** What came of it. `reason` names no address, header or body. */
export type Downloaded = { kind: 'body'; body: Buffer; validators: Validators } | { kind: 'unchanged' } | { kind: 'failed'; reason: string };

/**
 * Gets one document. Redirects are not followed: they could lead where the settings do not.
 * Fails: ADDRESS_REFUSED, REDIRECT, TIMEOUT, TOO_LARGE, HTTP <status>, or the system's word for a broken connection.
 */
export async function download({ url, headers, allowPrivate, timeoutMs, validators }: Ask): Promise<Downloaded> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) return { kind: 'failed', reason: 'ADDRESS_REFUSED' };
  const conditions = {
    ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
    ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
  };
  return new Promise((resolve) => {
    const send = target.protocol === 'https:' ? tlsRequest : plainRequest;
    const failed = (error: Error & { code?: string }) => {
      const isTimeout = error.name === 'TimeoutError' || error.name === 'AbortError';
      resolve({ kind: 'failed', reason: isTimeout ? 'TIMEOUT' : error.message === 'ADDRESS_REFUSED' ? 'ADDRESS_REFUSED' : (error.code ?? 'BROKEN') });
    };
    const asked = send(target, {
      headers: { accept: 'application/json, application/geo+json, text/csv;q=0.9, */*;q=0.5', 'accept-encoding': 'identity', ...headers, ...conditions },
      signal: AbortSignal.timeout(timeoutMs),
      agent: false,
      ...(allowPrivate ? {} : { lookup: publicLookup as never }),
    });
    asked.on('error', failed);
    asked.on('response', (answer) => {
      const status = answer.statusCode ?? 0;
      if (status !== 200) {
        answer.destroy();
        resolve(status === 304 ? { kind: 'unchanged' } : { kind: 'failed', reason: status >= 300 && status < 400 ? 'REDIRECT' : `HTTP ${status}` });
        return;
      }
      collect(answer).then((body) => {
        if (!body) return resolve({ kind: 'failed', reason: 'TOO_LARGE' });
        resolve({ kind: 'body', body, validators: { etag: answer.headers.etag, lastModified: answer.headers['last-modified'] } });
      }, failed);
    });
    asked.end();
  });
}

async function collect(answer: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_ANSWER) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
