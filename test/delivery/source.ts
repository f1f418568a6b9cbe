import type { IngestAnswer } from '#contract/http.ts';
import { INGEST_KEY } from '../support/product.ts';

/** One message of the model: what was sent under its key first. */
export interface Sent {
  key: string;
  at: number;
  title: string;
  position: readonly [number, number];
}

/** A source that never gives up: it sends until every message has a 2xx of its own. */
export interface Source {
  burst(url: () => string, count: number): Promise<void>;
  repeat(url: () => string, count: number): Promise<void>;
  /** The same keys with another body: each must be refused as a conflict. */
  otherBody(url: () => string, count: number): Promise<void>;
  /** The same new messages at two doors at once. */
  both(urls: readonly (() => string)[], count: number): Promise<void>;
  /** A backup was restored: what was accepted after this sequence number never was. */
  forgetAfter(seq: number): void;
  readonly answered: ReadonlyMap<string, number>;
  readonly sent: ReadonlyMap<string, Sent>;
  readonly tries: number;
}

const RETRY_MS = 100;
const ANSWER_WITHIN_MS = 8000;
const GIVE_UP_MS = 45_000;
/** Two wards, in turn. */
const PLACES = [[108.2208, 16.0678], [108.2478, 16.0605]] as const;

export function createSource(): Source {
  const answered = new Map<string, number>();
  const sent = new Map<string, Sent>();
  let tries = 0;

  const post = async (url: string, items: readonly Sent[]): Promise<IngestAnswer['results'] | undefined> => {
    tries++;
    const body = JSON.stringify(items.map((item) => ({ ...item, kind: 'flood', level: 3 })));
    const reply = await fetch(`${url}/api/v1/ingest/alert`, { method: 'POST', headers: { authorization: `Bearer ${INGEST_KEY}`, 'content-type': 'application/json' }, body, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).catch(() => undefined);
    if (!reply) return undefined;
    if (reply.ok) return ((await reply.json()) as IngestAnswer).results;
    if (reply.status === 503 || reply.status === 429) return undefined;
    throw new Error(`the door answered ${reply.status}: ${await reply.text()}`);
  };
  const deliver = async (url: () => string, items: readonly Sent[], settle: (results: IngestAnswer['results']) => void) => {
    for (const endsAt = performance.now() + GIVE_UP_MS; performance.now() < endsAt; ) {
      const results = await post(url(), items).catch((error: unknown) => {
        if (error instanceof Error && error.message.startsWith('the door answered')) throw error;
        return undefined;
      });
      if (results) return settle(results);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    throw new Error('a source was not served within 45 s');
  };
  const settleTaken = (items: readonly Sent[]) => (results: IngestAnswer['results']) => {
    if (results.length !== items.length) throw new Error(`${items.length} sent, ${results.length} answered`);
    for (const { key, status, seq } of results) {
      if (status !== 'accepted' && status !== 'duplicate') throw new Error(`${key}: ${status}`);
      if (seq === undefined) throw new Error(`${key}: ${status} without a sequence number`);
      if (answered.has(key) && answered.get(key) !== seq) throw new Error(`${key}: a second sequence number ${seq}`);
      answered.set(key, seq);
    }
  };
  const fresh = (count: number): Sent[] =>
    Array.from({ length: count }, () => {
      const number = sent.size + 1;
      const one: Sent = { key: `d-${number}`, at: Date.now() - 1000, title: `Điểm ngập ${number}`, position: PLACES[number % 2]! };
      sent.set(one.key, one);
      return one;
    });
  const latest = (count: number) => [...answered.keys()].slice(-count).map((key) => sent.get(key)!);

  return {
    async burst(url, count) {
      const items = fresh(count);
      await deliver(url, items, settleTaken(items));
    },
    async repeat(url, count) {
      const items = latest(count);
      if (items.length > 0) await deliver(url, items, settleTaken(items));
    },
    async otherBody(url, count) {
      const items = latest(count).map((item) => ({ ...item, title: `${item.title} khác` }));
      if (items.length === 0) return;
      await deliver(url, items, (results) => {
        for (const { key, status } of results) if (status !== 'conflict') throw new Error(`${key} with another body: ${status}`);
      });
    },
    async both(urls, count) {
      const items = fresh(count);
      await Promise.all(urls.map((url) => deliver(url, items, settleTaken(items))));
    },
    forgetAfter(seq) {
      for (const [key, given] of answered) if (given > seq) answered.delete(key);
    },
    answered,
    sent,
    get tries() {
      return tries;
    },
  };
}
