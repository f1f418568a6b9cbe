import { faultOf, type Fault } from '#contract/faults.ts';

/** What became of a thing sent: taken, refused for good, or to be sent again. */
export type Sent<T> = { kind: 'done'; value: T } | { kind: 'refused'; fault: Fault } | { kind: 'later' };

const AGAIN = new Set([408, 425, 429]);
const PATIENCE_MS = 20_000;

/** Posts a form or JSON. No answer, a busy or a restarting server mean `later`; nothing is ever assumed to have arrived. */
export async function postOnce<T>(path: string, body: FormData | object, fetchIt: typeof fetch = (...call) => fetch(...call)): Promise<Sent<T>> {
  const isForm = body instanceof FormData;
  let answer: Response;
  let value: unknown;
  try {
    answer = await fetchIt(path, {
      method: 'POST',
      credentials: 'same-origin',
      signal: AbortSignal.timeout(PATIENCE_MS),
      body: isForm ? body : JSON.stringify(body),
      ...(isForm ? {} : { headers: { 'content-type': 'application/json' } }),
    });
    value = answer.headers.get('content-type')?.includes('json') ? await answer.json() : null;
  } catch (error) {
    console.info('not sent yet', String(error));
    return { kind: 'later' };
  }
  if (answer.ok) return { kind: 'done', value: value as T };
  if (answer.status >= 500 || AGAIN.has(answer.status)) return { kind: 'later' };
  const fault = typeof value === 'object' && value !== null && 'fault' in value ? (value.fault as Fault) : faultOf('REQUEST_BODY');
  return { kind: 'refused', fault };
}
