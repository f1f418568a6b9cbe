import type { IngestAnswer, LogAnswer } from '#contract/http.ts';
import type { AlertItem } from '#contract/topics/alert.ts';
import type { FederationSettings } from './settings.ts';

const PAGE = 500;
const ANSWER_WITHIN_MS = 10_000;

/** A cursor in a log that is no more must begin anew. */
export class CursorGone extends Error {}

/** The public doors of the centre above. Every failure of the link throws; the caller comes again. */
export interface UpperCentre {
  /** Entries of this centre's slice after the cursor. Fails: CursorGone. */
  read(after: string | undefined): Promise<LogAnswer>;
  send(items: readonly AlertItem[]): Promise<void>;
}

export function createUpperCentre({ url, user, password, key }: FederationSettings, fetchIt: typeof fetch): UpperCentre {
  let cookie: string | undefined;
  const ask = (path: string, init: RequestInit = {}) => fetchIt(`${url}${path}`, { ...init, redirect: 'error', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  const asJson = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

  const signIn = async (): Promise<string> => {
    const answer = await ask('/api/v1/session', asJson({ user, password }));
    if (!answer.ok) throw new Error(`the centre above refused to sign in: HTTP ${answer.status}`);
    return answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  };

  return {
    async read(after) {
      cookie ??= await signIn();
      const answer = await ask(`/api/v1/log?topic=alert&limit=${PAGE}${after === undefined ? '' : `&after=${after}`}`, { headers: { cookie } });
      if (answer.status === 401) cookie = undefined;
      if (answer.status === 409) throw new CursorGone();
      if (!answer.ok) throw new Error(`the log of the centre above: HTTP ${answer.status}`);
      return (await answer.json()) as LogAnswer;
    },
    async send(items) {
      const answer = await ask('/api/v1/ingest/alert', asJson(items, { authorization: `Bearer ${key}` }));
      if (!answer.ok) throw new Error(`the door of the centre above: HTTP ${answer.status}`);
      const wrong = ((await answer.json()) as IngestAnswer).results.filter(({ status }) => status === 'rejected');
      if (wrong.length > 0) throw new Error(`${wrong.length} alerts were refused above: ${wrong[0]?.fault?.code ?? ''}`);
    },
  };
}
