import { X509Certificate } from 'node:crypto';
import { Agent as PlainAgent, request as plainRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { HttpWay } from '#contract/connector.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import { isPublicAddress, publicLookup } from '../../../kernel/publicAddress.ts';
import type { Secrets } from '../reader.ts';

/** Largest answer taken. Units: bytes. */
export const LARGEST_ANSWER = 64 * 1024 * 1024;

/** One question. */
export interface Question {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  headers: Record<string, string>;
  body?: string | undefined;
  signal: AbortSignal;
}

/** An answer of any status but those that stand for a fault. */
export interface Answer {
  body: Buffer;
  headers: IncomingHttpHeaders;
}

/** Asks one system by what its declaration allows. */
export interface Asker {
  /** Redirects are not followed: they could lead where the declaration does not. Fails: SOURCE_… */
  ask(question: Question): Promise<Outcome<Answer>>;
  close(): void;
}

type Parts = Pick<HttpWay, 'allowPrivate' | 'proxy' | 'ca' | 'timeoutS'> & Secrets & { realNow(): number };

const THEIR_CERTIFICATE = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT)/;
const OUR_CERTIFICATE = /(ALERT.*(CERT|HANDSHAKE)|KEY_VALUES_MISMATCH|ERR_OSSL|PEM)/i;

/** Says a failed connection in the product's words. */
export function faultOfError(error: Error & { code?: string }, hasCertificate: boolean): Outcome<never> {
  const code = error.code ?? error.name;
  if (error.message === 'ADDRESS_REFUSED') return refused('SOURCE_ADDRESS');
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return refused('SOURCE_TIMEOUT');
  if (THEIR_CERTIFICATE.test(code)) return refused('SOURCE_CERTIFICATE', { detail: code });
  if (OUR_CERTIFICATE.test(code)) return refused('SOURCE_OWN_CERTIFICATE', { detail: hasCertificate ? code : 'cần chứng thư máy khách' });
  return refused('SOURCE_UNREACHABLE', { detail: code });
}

export function createAsker({ allowPrivate, proxy, ca, timeoutS, certificate, privateKey, realNow }: Parts): Asker {
  const tls = { ...(ca ? { ca } : {}), ...(certificate ? { cert: certificate } : {}), ...(privateKey && certificate ? { key: privateKey } : {}) };
  const common = { keepAlive: true, maxSockets: 2, ...(proxy ? { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } } : {}) };
  const agents = { 'http:': new PlainAgent(common), 'https:': new TlsAgent({ ...common, ...tls }) };

  const send = (target: URL, { method, headers, body, signal }: Question) =>
    new Promise<Outcome<Answer>>((resolve) => {
      const failed = (error: Error & { code?: string }) => resolve(signal.aborted ? refused('SOURCE_TIMEOUT', { detail: 'hủy' }) : faultOfError(error, certificate !== undefined));
      const request = target.protocol === 'https:' ? tlsRequest : plainRequest;
      const asked = request(target, {
        method,
        headers: { accept: '*/*', 'accept-encoding': 'identity', ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
        signal: AbortSignal.any([AbortSignal.timeout(timeoutS * 1000), signal]),
        agent: agents[target.protocol as keyof typeof agents],
        ...(allowPrivate || proxy ? {} : { lookup: publicLookup as never }),
      });
      asked.on('error', failed);
      asked.on('response', (answer) => {
        const fault = faultOfStatus(answer);
        if (fault) {
          answer.resume();
          return resolve(fault);
        }
        collect(answer).then(resolve, (error: Error) => resolve(error.name === 'TimeoutError' || error.name === 'AbortError' ? refused('SOURCE_TIMEOUT') : refused('SOURCE_CUT')));
      });
      asked.end(body);
    });

  return {
    async ask(question) {
      const target = new URL(question.url);
      const host = target.hostname.replace(/^\[|\]$/g, '');
      if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) return refused('SOURCE_ADDRESS');
      const endsAt = certificateEnd(certificate);
      if (endsAt !== null && endsAt < realNow()) return refused('SOURCE_OWN_CERTIFICATE', { detail: `hết hạn ${new Date(endsAt).toISOString().slice(0, 10)}` });
      try {
        return await send(target, question);
      } catch (error) {
        // A certificate that does not fit its key is refused before anything is sent.
        if (error instanceof Error) return faultOfError(error, certificate !== undefined);
        throw error;
      }
    },
    close: () => Object.values(agents).forEach((agent) => agent.destroy()),
  };
}

/** End of a PEM certificate, or null when there is none. Units: epoch ms; 0 for one that can not be read. */
export function certificateEnd(pem: string | undefined): number | null {
  if (!pem) return null;
  try {
    return new X509Certificate(pem).validToDate.getTime();
  } catch {
    return 0;
  }
}

function faultOfStatus({ statusCode = 0 }: IncomingMessage): Outcome<never> | undefined {
  if (statusCode >= 200 && statusCode < 300) return undefined;
  if (statusCode >= 300 && statusCode < 400) return refused('SOURCE_REDIRECT');
  if (statusCode === 401 || statusCode === 403) return refused('SOURCE_LOGIN', { detail: `HTTP ${statusCode}` });
  if (statusCode === 429) return refused('SOURCE_SLOW_DOWN');
  return refused('SOURCE_STATUS', { detail: `HTTP ${statusCode}` });
}

async function collect(answer: IncomingMessage): Promise<Outcome<Answer>> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_ANSWER) return refused('SOURCE_TOO_LARGE');
    parts.push(part);
  }
  return answer.complete ? okay({ body: Buffer.concat(parts), headers: answer.headers }) : refused('SOURCE_CUT');
}
