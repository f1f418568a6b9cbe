import Type from 'typebox';
import { Closed } from '#contract/base.ts';
import { Readiness } from '#contract/http.ts';
import { passes } from '../../domain/policy.ts';
import { refuseWith } from '../faults.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { outputGauges } from '../outputGauges.ts';
import { isLoopbackPeer } from '../peer.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

export function healthRoutes(app: App, { readiness, metrics, gauges, feeds, log, walls }: RouteDeps): void {
  app.get('/healthz', {
    config: { policy: 'public' },
    schema: { tags: ['health'], summary: 'The process lives', response: { 200: Closed({ status: Type.Literal('ok') }) } },
    handler: async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' as const }),
  });

  app.get('/readyz', {
    config: { policy: 'public' },
    schema: { tags: ['health'], summary: 'The store answers and the log can be read', response: { 200: Readiness, 503: Readiness } },
    handler: async (_request, reply) => {
      const state = await readiness();
      reply.header('cache-control', 'no-store');
      return state.store === 'ok' ? reply.send(state) : reply.code(503).header('retry-after', '2').send(state);
    },
  });

  app.get('/metrics', {
    config: { policy: 'public', isCurious: true },
    schema: { tags: ['health'], summary: 'Figures for Prometheus; from this machine, or with an administrator session', response: { ...rawAnswer('Prometheus text'), ...refusals(401) } },
    handler: async (request, reply) => {
      if (!isLoopbackPeer(request) && !passes('administer', request.principal)) return refuseWith(reply, 'AUTH_REQUIRED');
      const own = [
        { name: 'ioc_log_head', help: 'Highest committed sequence number.', value: log.head() },
        { name: 'process_resident_memory_bytes', help: 'Memory of the process.', value: process.memoryUsage.rss() },
        ...feeds.health().map(({ id, state }) => ({ name: 'ioc_feed_live', help: 'Whether the feed is live.', value: state === 'live' ? 1 : 0, labels: { feed: id } })),
        ...outputGauges(walls.outputs()),
      ];
      return reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics.render([...own, ...(gauges?.() ?? [])]));
    },
  });
}
