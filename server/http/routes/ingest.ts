import Type from 'typebox';
import { Closed } from '#contract/base.ts';
import { IngestAnswer } from '#contract/http.ts';
import { isTopic } from '#contract/topics.ts';
import { INGEST_LIMIT } from '../bodies.ts';
import { openArray, openLines } from '../envelope.ts';
import { answer, refuse, refuseWith } from '../faults.ts';
import { createNoTracer } from '../../kernel/trace/tracer.ts';
import { ingestAllowance } from '../ingestAllowance.ts';
import { refusals } from '../openapi.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

/** The one door for sources outside. */
export function ingestRoutes(app: App, { door, config, tracer = createNoTracer() }: RouteDeps): void {
  app.post('/api/v1/ingest/:topic', {
    config: { policy: 'ingest', accepts: ['application/json', 'application/x-ndjson'], rateLimit: ingestAllowance(config) },
    bodyLimit: INGEST_LIMIT,
    schema: {
      tags: ['ingest'],
      summary: 'Send items of a topic',
      params: Closed({ topic: Type.String({ maxLength: 64 }) }),
      response: { 200: IngestAnswer, ...refusals(400, 401, 403, 404, 408, 413, 415, 429, 503, 507) },
    },
    handler: async (request, reply) => {
      const { topic } = request.params;
      const { source } = request;
      if (!isTopic(topic)) return refuseWith(reply, 'INGEST_TOPIC', { pointer: '/topic' });
      if (!source || (source.topics && !source.topics.includes(topic))) return refuseWith(reply, 'INGEST_SCOPE');
      const items = typeof request.body === 'string' ? openLines(request.body) : openArray(request.body);
      if (!items.ok) return refuse(reply, items.fault);
      reply.header('cache-control', 'no-store');
      if (items.value.length === 0) return reply.send({ results: [] });
      const { traceparent } = request.headers;
      const trace = { from: typeof traceparent === 'string' ? traceparent : undefined, attributes: { topic, source: source.id, items: items.value.length } };
      return answer(reply, await tracer.span('door', () => door.ingest(source, topic, items.value), trace));
    },
  });
}
