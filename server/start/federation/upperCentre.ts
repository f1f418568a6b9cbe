import type { ItemResult } from '#contract/entry.ts';
import type { IngestAnswer, LogAnswer } from '#contract/http.ts';
import type { LinkFault } from '#contract/system.ts';
import type { AlertItem } from '#contract/topics/alert.ts';
import type { FederationSettings } from './settings.ts';

const PAGE = 500;
const ANSWER_WITHIN_MS = 10_000;

/** A cursor in a log that is no more must begin anew. */
export class CursorGone extends Error {}

/** The link fails, for a reason people can act on. */
export class LinkFailure extends Error {
  readonly why: LinkFault;
  constructor(why: LinkFault, detail: string) {
    super(detail);
    this.why = why;
  }
}

/** The public doors of the centre above. Every failure of the link throws LinkFailure; the caller comes again. */
export interface UpperCentre {
  /** Entries of this centre's slice after the cursor. Fails: CursorGone. */
  read(after: string | undefined): Promise<LogAnswer>;
  /** Returns the answer for each item. */
  send(items: readonly AlertItem[]): Promise<readonly ItemResult[]>;
}

/** Refusals that a person must mend; every other answer may pass by itself. */
const isRefusal = (status: number) => status === 401 || status === 403;
const refusalOf = async (answer: Response, why: LinkFault): Promise<LinkFailure> => new LinkFailure(isRefusal(answer.status) ? why : 'away', `HTTP ${answer.status} ${(await answer.text()).slice(0, 200)}`);

export function createUpperCentre({ url, user, password, key }: FederationSettings, fetchIt: typeof fetch): UpperCentre {
  let cookie: string | undefined;
  const ask = (path: string, init: RequestInit = {}) =>
    fetchIt(`${url}${path}`, { ...init, redirect: 'error', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).catch((error: unknown) => {
      throw new LinkFailure('away', error instanceof Error && error.cause ? String(error.cause) : String(error));
    });
  const asJson = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

  const signIn = async (): Promise<string> => {
    const answer = await ask('/api/v1/session', asJson({ user, password }));
    // Only wrong passwords slow a sign-in down.
    if (answer.status === 429) throw new LinkFailure('account', 'HTTP 429');
    if (!answer.ok) throw await refusalOf(answer, 'account');
    return answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  };

  return {
    async read(after) {
      const hadCookie = cookie !== undefined;
      cookie ??= await signIn();
      const answer = await ask(`/api/v1/log?topic=alert&limit=${PAGE}${after === undefined ? '' : `&after=${after}`}`, { headers: { cookie } });
      if (isRefusal(answer.status)) cookie = undefined;
      // A session that ended is no refusal of the account: the next round signs in again.
      if (answer.status === 401 && hadCookie) throw new LinkFailure('away', 'the session ended');
      if (answer.status === 409) throw new CursorGone();
      if (!answer.ok) throw await refusalOf(answer, 'account');
      return (await answer.json()) as LogAnswer;
    },
    async send(items) {
      const answer = await ask('/api/v1/ingest/alert', asJson(items, { authorization: `Bearer ${key}` }));
      if (!answer.ok) throw await refusalOf(answer, 'key');
      return ((await answer.json()) as IngestAnswer).results;
    },
  };
}
