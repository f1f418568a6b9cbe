import { IngestAnswer } from '#contract/http.ts';
import { parseCap } from '../../feeds/cap/parse.ts';
import { CAP_LIMIT } from '../bodies.ts';
import { answer, refuse, refuseWith } from '../faults.ts';
import { ingestAllowance } from '../ingestAllowance.ts';
import { refusals } from '../openapi.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

export function capRoutes(app: App, { door, config }: RouteDeps): void {
  app.post('/api/v1/ingest/cap', {
    config: { policy: 'ingest', accepts: ['application/cap+xml', 'application/xml', 'text/xml'], rateLimit: ingestAllowance(config) },
    bodyLimit: CAP_LIMIT,
    schema: { tags: ['ingest'], summary: 'Send a Common Alerting Protocol 1.2 message', response: { 200: IngestAnswer, ...refusals(400, 401, 403, 408, 413, 415, 429, 503, 507) } },
    handler: async (request, reply) => {
      const { source } = request;
      if (!source || (source.topics && !source.topics.includes('alert'))) return refuseWith(reply, 'INGEST_SCOPE');
      const message = parseCap(typeof request.body === 'string' ? request.body : '');
      if (!message.ok) return refuse(reply, message.fault);
      return answer(reply.header('cache-control', 'no-store'), await door.ingest(source, 'alert', message.value.items));
    },
  });
}
