import { hash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectorText, HttpWay } from '#contract/connector.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import { readContent, type Content } from '../../../domain/connector/content.ts';
import { escapeFor, fillHoles } from '../../../domain/connector/holes.ts';
import { valueAt } from '../../../domain/rows/path.ts';
import { MOST_ROWS } from '../../../domain/rows/readRows.ts';
import type { Portion, Reader, Secrets, Wanted } from '../reader.ts';
import { createAsker } from './request.ts';
import { createSignIn } from './signIn.ts';

const MOST_PAGES = 10_000;
const CONTENT_TYPES: Readonly<Record<string, string>> = { xml: 'text/xml; charset=utf-8', json: 'application/json' };

interface Place {
  page: number;
  cursor: string;
  url: string;
}

/** The name of the one portion an answer is; its pages count as one. */
export const ANSWER = 'answer';

/** Asks a system over HTTP, page by page; all pages of one question are one portion, so half a question never enters. */
export function createHttpReader(text: Pick<ConnectorText, 'format' | 'items'> & { way: HttpWay }, secrets: Secrets, realNow: () => number): Reader {
  const { way } = text;
  const asker = createAsker({ ...way, ...secrets, realNow });
  const signIn = createSignIn(way.auth, secrets.secret, asker, realNow);
  const form = way.since?.form ?? 'iso';
  const size = way.paging.kind === 'page' ? way.paging.size : 0;
  const own = Object.fromEntries(Object.entries(way.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  let freeAt = 0;

  const pace = async (signal: AbortSignal) => {
    if (!way.perMinute) return;
    const restMs = freeAt - realNow();
    freeAt = Math.max(freeAt, realNow()) + 60_000 / way.perMinute;
    if (restMs > 0) await wait(restMs, undefined, { signal }).catch(() => undefined);
  };

  const askPage = async (place: Place, wanted: Wanted): Promise<Outcome<{ content: Content; body: Buffer }>> => {
    await pace(wanted.signal);
    const signed = await signIn.headers(wanted.signal);
    if (!signed.ok) return signed;
    const holes = { since: wanted.since, until: wanted.until, page: place.page, size, cursor: place.cursor };
    const body = way.method === 'POST' && way.body !== undefined ? fillHoles(way.body, holes, form, escapeFor(text.format)) : undefined;
    const got = await asker.ask({
      url: fillHoles(place.url, holes, form, encodeURIComponent),
      method: way.method,
      headers: { ...(body === undefined ? {} : { 'content-type': CONTENT_TYPES[text.format] ?? 'application/json' }), ...own, ...signed.value },
      body,
      signal: wanted.signal,
    });
    if (!got.ok) {
      if (got.fault.code === 'SOURCE_LOGIN') signIn.forget();
      return got;
    }
    const content = await readContent(text, got.value.body);
    return content.ok ? okay({ content: content.value, body: got.value.body }) : content;
  };

  /** The next place, undefined at the end. */
  const after = (place: Place, { rows, document }: Content): Place | undefined => {
    const { paging } = way;
    if (paging.kind === 'none' || (paging.kind === 'page' && rows.length < paging.size)) return undefined;
    if (paging.kind === 'page') return { ...place, page: place.page + 1 };
    const next = valueAt(document, paging.from);
    if ((typeof next !== 'string' && typeof next !== 'number') || next === '') return undefined;
    if (paging.kind === 'cursor') return { ...place, cursor: String(next) };
    const url = new URL(String(next), place.url);
    return url.origin === new URL(way.url).origin ? { ...place, url: url.href } : undefined;
  };

  const gather = async (wanted: Wanted): Promise<Outcome<Portion>> => {
    const portion: Portion = { name: ANSWER, sign: '', rows: [], refused: [] };
    const seen = new Set<string>();
    let place: Place | undefined = { page: way.paging.kind === 'page' ? way.paging.first : 1, cursor: '', url: way.url };
    while (place) {
      const got = await askPage(place, wanted);
      if (!got.ok) return got;
      const { content, body } = got.value;
      const sign = hash('sha256', body);
      if (seen.has(sign) && content.rows.length > 0) return refused('SOURCE_REPEATS', { detail: `trang ${seen.size + 1}` });
      seen.add(sign);
      const offset = portion.rows.length;
      for (const row of content.rows) portion.rows.push(offset === 0 ? row : { ...row, line: row.line + offset });
      for (const refusal of content.refused) portion.refused.push(offset === 0 ? refusal : { ...refusal, line: refusal.line + offset });
      if (portion.rows.length > MOST_ROWS) return refused('SOURCE_TOO_MANY');
      if (seen.size >= MOST_PAGES) return refused('SOURCE_REPEATS', { detail: `${MOST_PAGES} trang` });
      place = after(place, content);
    }
    return okay({ ...portion, sign: hash('sha256', [...seen].join()) });
  };

  return {
    async *read(wanted) {
      const got = await gather(wanted);
      if (!got.ok || !wanted.isKnown(ANSWER, got.value.sign)) yield got;
    },
    close: () => asker.close(),
  };
}
