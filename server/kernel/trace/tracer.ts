import { AsyncLocalStorage } from 'node:async_hooks';
import type { Closable } from '../lifecycle.ts';
import { readTraceparent, traceparentOf, type TracePoint } from './traceparent.ts';

export type Attributes = Readonly<Record<string, string | number>>;

/** Something that took time within a trace. Units: epoch ms of real time. */
export interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentId: string | undefined;
  startAt: number;
  endAt: number;
  hasFailed: boolean;
  attributes: Attributes;
}

/** Where finished spans go. Must not wait. */
export interface SpanOutlet extends Closable {
  take(span: Span): void;
  close(): Promise<void>;
}

export interface Tracer extends Closable {
  /** Real time. Units: epoch ms. */
  now(): number;
  /** Runs work as a span: of the trace a sender brought, of the one it is called in, or else of one that begins here, at most once a second. */
  span<T>(name: string, work: () => Promise<T>, more?: { from?: string | undefined; attributes?: Attributes }): Promise<T>;
  /** `traceparent` of the span that runs now; undefined outside a recorded trace. */
  here(): string | undefined;
  /** Notes what already happened below a point of a trace; what is no `traceparent` is passed over. */
  note(name: string, traceparent: string | undefined, times: { startAt: number; endAt: number }, attributes?: Attributes): void;
  close(): Promise<void>;
}

/** A quiet city sends few requests; a busy one is told from samples. */
const BEGIN_EVERY_MS = 1000;

/** Records nothing. */
export function createNoTracer(now: () => number = Date.now): Tracer {
  return { now, span: (_name, work) => work(), here: () => undefined, note: () => undefined, close: () => Promise.resolve() };
}

/** `newId` gives so many random bytes as hex. */
export function createTracer({ outlet, now, newId }: { outlet: SpanOutlet; now: () => number; newId: (bytes: number) => string }): Tracer {
  const running = new AsyncLocalStorage<TracePoint>();
  let begunAt = -Infinity;

  const begin = (): TracePoint | undefined => {
    if (now() - begunAt < BEGIN_EVERY_MS) return undefined;
    begunAt = now();
    return { traceId: newId(16), spanId: '', isSampled: true };
  };

  return {
    now,
    async span(name, work, { from, attributes = {} } = {}) {
      const parent = (from === undefined ? undefined : readTraceparent(from)) ?? running.getStore() ?? begin();
      if (!parent?.isSampled) return work();
      const here: TracePoint = { ...parent, spanId: newId(8) };
      const startAt = now();
      const end = (hasFailed: boolean) => outlet.take({ name, traceId: here.traceId, spanId: here.spanId, parentId: parent.spanId || undefined, startAt, endAt: now(), hasFailed, attributes });
      try {
        const value = await running.run(here, work);
        end(false);
        return value;
      } catch (error) {
        end(true);
        throw error;
      }
    },
    here() {
      const point = running.getStore();
      return point && traceparentOf(point);
    },
    note(name, traceparent, { startAt, endAt }, attributes = {}) {
      const parent = traceparent === undefined ? undefined : readTraceparent(traceparent);
      if (!parent?.isSampled) return;
      outlet.take({ name, traceId: parent.traceId, spanId: newId(8), parentId: parent.spanId, startAt, endAt, hasFailed: false, attributes });
    },
    close: () => outlet.close(),
  };
}
