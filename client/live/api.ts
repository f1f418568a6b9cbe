import { faultOf, type Fault, type Outcome } from '#contract/faults.ts';
import type { Page } from '#contract/http.ts';

/** HTTP calls of the screens; same origin, answers or faults, never exceptions. */
export interface Api {
  get<T>(path: string): Promise<Outcome<T>>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Outcome<T>>;
  /** Every item of a collection, page after page; `onPage` is told what has come so far. */
  all<T>(path: string, onPage?: (soFar: readonly T[]) => void): Promise<Outcome<T[]>>;
}

const faultIn = (answer: unknown): Fault | undefined =>
  typeof answer === 'object' && answer !== null && 'fault' in answer ? (answer.fault as Fault) : undefined;

const byStatus = (status: number): Fault => {
  if (status === 401) return faultOf('AUTH_REQUIRED');
  if (status === 403) return faultOf('AUTH_FORBIDDEN');
  if (status === 404) return faultOf('NOT_FOUND');
  return faultOf(status >= 500 ? 'STORE_UNAVAILABLE' : 'REQUEST_BODY');
};

export function createApi(fetchIt: typeof fetch): Api {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<Outcome<T>> => {
    let response: Response;
    try {
      response = await fetchIt(path, {
        method,
        credentials: 'same-origin',
        ...(body === undefined ? {} : body instanceof FormData ? { body } : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
    } catch (error) {
      return { ok: false, fault: faultOf('SERVER_STOPPING', { detail: String(error) }) };
    }
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const answer: unknown = isJson ? await response.json() : null;
    return response.ok ? { ok: true, value: answer as T } : { ok: false, fault: faultIn(answer) ?? byStatus(response.status) };
  };
  const get = <T>(path: string) => call<T>('GET', path);

  return {
    get,
    send: (method, path, body) => call(method, path, body),
    async all<T>(path: string, onPage?: (soFar: readonly T[]) => void) {
      const items: T[] = [];
      let cursor: string | null = null;
      do {
        const url: string = cursor === null ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
        const page: Outcome<Page<T>> = await get<Page<T>>(url);
        if (!page.ok) return page;
        items.push(...page.value.items);
        onPage?.(items);
        cursor = page.value.next;
      } while (cursor !== null);
      return { ok: true, value: items };
    },
  };
}
