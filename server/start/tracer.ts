import { randomBytes } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { createOtlpOutlet } from '../kernel/trace/otlp.ts';
import { createNoTracer, createTracer, type Tracer } from '../kernel/trace/tracer.ts';

/** Records the way from door to page for the collector at `url`; without one nothing is recorded. */
export function openTracer({ url, version, node, clock, log }: { url: string; version: string; node: string; clock: Pick<Clock, 'realNow'>; log: Log }): Tracer {
  if (url === '') return createNoTracer(clock.realNow);
  const resource = { 'service.name': 'toan-canh', 'service.version': version, 'service.instance.id': node };
  return createTracer({ outlet: createOtlpOutlet({ url, resource, fetchIt: fetch, log }), now: clock.realNow, newId: (bytes) => randomBytes(bytes).toString('hex') });
}
