import { SystemState } from '#contract/system.ts';
import { refusals } from '../openapi.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

export function systemRoutes(app: App, { system, log, version, certificates }: RouteDeps): void {
  app.get('/api/v1/system', {
    config: { policy: 'staff' },
    schema: { tags: ['health'], summary: 'How this installation is: store, disk, clock, map data', response: { 200: SystemState, ...refusals(401, 403) } },
    handler: async (_request, reply) => {
      const state = await system.look();
      return reply.header('cache-control', 'no-store').send({ ...state, version, log: { epoch: log.epoch(), head: log.head() }, hasOwnCa: certificates.localRoot() !== undefined });
    },
  });
}
