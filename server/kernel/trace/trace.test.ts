import { expect, test } from 'vitest';
import { createSilentLog } from '../log.ts';
import { createOtlpOutlet, tracesOf } from './otlp.ts';
import { createTracer, type Span } from './tracer.ts';
import { readTraceparent, traceparentOf } from './traceparent.ts';

const FROM = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

function stage() {
  const spans: Span[] = [];
  let at = 1000;
  let made = 0;
  const tracer = createTracer({ outlet: { take: (span) => void spans.push(span), close: async () => undefined }, now: () => at, newId: (bytes) => String(++made).padStart(bytes * 2, 'a') });
  return { tracer, spans, pass: (ms: number) => (at += ms) };
}

test.each([FROM, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00'])('%s is read and written the same', (text) => {
  expect(traceparentOf(readTraceparent(text)!)).toBe(text);
});

test.each(['', 'x', FROM.toUpperCase(), `${FROM} `, '00-00000000000000000000000000000000-b7ad6b7169203331-01', '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01', FROM.replace('00-', 'ff-')])('«%s» is no traceparent', (text) => {
  expect(readTraceparent(text)).toBeUndefined();
});

test('spans inside spans belong together, below what the sender brought', async () => {
  const { tracer, spans, pass } = stage();
  let inside: string | undefined;
  await tracer.span('door', async () => {
    pass(5);
    await tracer.span('store', async () => {
      inside = tracer.here();
      pass(7);
    });
  }, { from: FROM });
  tracer.note('paint', inside, { startAt: 1012, endAt: 1020 });
  expect(spans.map(({ name, startAt, endAt }) => [name, startAt, endAt])).toEqual([['store', 1005, 1012], ['door', 1000, 1012], ['paint', 1012, 1020]]);
  const [store, door, paint] = spans as [Span, Span, Span];
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set(['0af7651916cd43dd8448eb211c80319c']));
  expect([door.parentId, store.parentId, paint.parentId]).toEqual(['b7ad6b7169203331', door.spanId, store.spanId]);
});

test('without a sender one trace a second begins; what the sender does not want recorded is not', async () => {
  const { tracer, spans, pass } = stage();
  const names: (string | undefined)[] = [];
  for (const waitMs of [0, 10, 1000]) {
    pass(waitMs);
    await tracer.span('door', async () => void names.push(tracer.here()));
  }
  await tracer.span('door', async () => undefined, { from: FROM.replace(/01$/, '00') });
  expect(spans.map(({ parentId }) => parentId)).toEqual([undefined, undefined]);
  expect(names.map((name) => name !== undefined)).toEqual([true, false, true]);
});

test('work that fails is a failed span, and fails', async () => {
  const { tracer, spans } = stage();
  await expect(tracer.span('door', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(spans).toMatchObject([{ name: 'door', hasFailed: true }]);
});

test('what a collector gets is what the protocol says', () => {
  const span: Span = { name: 'door', traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentId: undefined, startAt: 1_790_000_000_000.5, endAt: 1_790_000_000_007, hasFailed: true, attributes: { topic: 'alert', items: 3 } };
  expect(tracesOf([span], { 'service.name': 'toan-canh' }).resourceSpans).toEqual([
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'toan-canh' } }] },
      scopeSpans: [{ scope: { name: 'toan-canh' }, spans: [{ traceId: span.traceId, spanId: span.spanId, name: 'door', kind: 2, startTimeUnixNano: '1790000000000500000', endTimeUnixNano: '1790000000007000000', attributes: [{ key: 'topic', value: { stringValue: 'alert' } }, { key: 'items', value: { doubleValue: 3 } }], status: { code: 2 } }] }],
    },
  ]);
});

test('a collector that is away is said once, and again when it is back; spans of between are gone', async () => {
  const said: string[] = [];
  const log = { ...createSilentLog(), warn: (_fields: object, message: string) => void said.push(message) };
  const sent: number[] = [];
  let status = 503;
  const outlet = createOtlpOutlet({ url: 'http://127.0.0.1:4318/v1/traces', resource: {}, log, fetchIt: async (_url, init) => {
    sent.push((JSON.parse(String(init?.body)) as ReturnType<typeof tracesOf>).resourceSpans[0]!.scopeSpans[0]!.spans.length);
    return new Response('', { status });
  } });
  const span: Span = { name: 'x', traceId: '1', spanId: '2', parentId: undefined, startAt: 0, endAt: 0, hasFailed: false, attributes: {} };
  for (const next of [503, 503, 200, 200]) {
    status = next;
    outlet.take(span);
    await outlet.close();
  }
  expect(sent).toEqual([1, 1, 1, 1]);
  expect(said).toEqual(['the collector of traces does not take them', 'the collector of traces takes them again']);
});
