import type { Log } from '../log.ts';
import type { Attributes, Span, SpanOutlet } from './tracer.ts';

const SEND_EVERY_MS = 2000;
const MOST_WAITING = 2048;
const ANSWER_WITHIN_MS = 5000;
const INTERNAL = 1;
const SERVER = 2;
const FAILED = 2;

export interface OtlpOptions {
  /** Of the collector, as `http://127.0.0.1:4318/v1/traces`. */
  url: string;
  /** What the spans are of: name, version and the server among others. */
  resource: Attributes;
  fetchIt: typeof fetch;
  log: Log;
}

const keyed = (attributes: Attributes) => Object.entries(attributes).map(([key, value]) => ({ key, value: typeof value === 'number' ? { doubleValue: value } : { stringValue: value } }));
const nanos = (at: number): string => String(BigInt(Math.round(at * 1000)) * 1000n);

/** Spans as OpenTelemetry's protocol says them in JSON. Source: opentelemetry-proto 1.x, trace/v1. */
export const tracesOf = (spans: readonly Span[], resource: Attributes) => ({
  resourceSpans: [
    {
      resource: { attributes: keyed(resource) },
      scopeSpans: [
        {
          scope: { name: 'toan-canh' },
          spans: spans.map(({ name, traceId, spanId, parentId, startAt, endAt, hasFailed, attributes }) => ({
            traceId, spanId, ...(parentId === undefined ? {} : { parentSpanId: parentId }),
            name, kind: parentId === undefined ? SERVER : INTERNAL,
            startTimeUnixNano: nanos(startAt), endTimeUnixNano: nanos(endAt),
            attributes: keyed(attributes), status: hasFailed ? { code: FAILED } : {},
          })),
        },
      ],
    },
  ],
});

/** Sends spans to a collector in batches. A collector that is away costs spans, never the product. */
export function createOtlpOutlet({ url, resource, fetchIt, log }: OtlpOptions): SpanOutlet {
  let waiting: Span[] = [];
  let sending: Promise<void> | undefined;
  let isAway = false;

  const become = (away: boolean, reason: string) => {
    if (away !== isAway) log.warn({ collector: new URL(url).host, reason }, away ? 'the collector of traces does not take them' : 'the collector of traces takes them again');
    isAway = away;
  };
  const send = async () => {
    const spans = waiting;
    waiting = [];
    if (spans.length === 0) return;
    try {
      const answer = await fetchIt(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(tracesOf(spans, resource)), signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
      await answer.arrayBuffer();
      become(!answer.ok, String(answer.status));
    } catch (error) {
      become(true, error instanceof Error ? error.name : String(error));
    }
  };
  const sendNow = () => (sending ??= send().finally(() => (sending = undefined)));
  const timer = setInterval(() => void sendNow(), SEND_EVERY_MS);
  timer.unref();

  return {
    take(span) {
      if (waiting.length < MOST_WAITING) waiting.push(span);
    },
    async close() {
      clearInterval(timer);
      await sending;
      await sendNow();
    },
  };
}
