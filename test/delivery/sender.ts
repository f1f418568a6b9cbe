import type { IngestAnswer } from '#contract/http.ts';
import { INGEST_KEY } from '../support/product.ts';

/** A source that keeps sending until it is told: at least once, never giving up. */
export interface Sender {
  /** Sends new alerts; resolves when every one was answered with 2xx. */
  burst(count: number): Promise<void>;
  /** Sends again what was sent before, as after a lost answer. */
  repeat(count: number): Promise<void>;
  /** References answered with 2xx and the sequence number each was given. */
  readonly answered: ReadonlyMap<string, number>;
  readonly tries: number;
}

const RETRY_MS = 200;
const ANSWER_WITHIN_MS = 5000;

/** `name` begins every key it sends. */
export function createSender(urlNow: () => string, name = 'd'): Sender {
  const answered = new Map<string, number>();
  const sent: { key: string }[] = [];
  let tries = 0;

  async function deliver(items: readonly { key: string }[]): Promise<void> {
    for (;;) {
      tries++;
      const answer = await fetch(`${urlNow()}/api/v1/ingest/alert`, { method: 'POST', headers: { authorization: `Bearer ${INGEST_KEY}`, 'content-type': 'application/json' }, body: JSON.stringify(items), signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).then(
        async (reply) => (reply.ok ? ((await reply.json()) as IngestAnswer) : undefined),
        () => undefined,
      );
      if (answer) {
        for (const { key, status, seq } of answer.results) {
          if (status !== 'accepted' && status !== 'duplicate') throw new Error(`${key}: ${status}`);
          if (answered.has(key) && answered.get(key) !== seq) throw new Error(`${key}: a second sequence number ${seq}`);
          answered.set(key, seq!);
        }
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  return {
    async burst(count) {
      const items = Array.from({ length: count }, (_, n) => {
        const number = sent.length + n + 1;
        return { key: `${name}-${number}`, at: Date.now(), kind: 'flood', level: 3, title: `Điểm ngập ${number}`, position: [108.2, 16.05] };
      });
      sent.push(...items);
      await deliver(items);
    },
    async repeat(count) {
      if (sent.length > 0) await deliver(sent.slice(-count));
    },
    answered,
    get tries() {
      return tries;
    },
  };
}
