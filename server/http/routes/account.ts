import { Closed, Id } from '#contract/base.ts';
import { MySessions } from '#contract/http.ts';
import { answer, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

/** What a person may see of their own account. */
export function accountPageRoutes(app: App, { accounts }: RouteDeps): void {
  app.get('/api/v1/session/mine', {
    config: { policy: 'staff' },
    schema: { tags: ['session'], summary: 'Where I am signed in', response: { 200: MySessions, ...refusals(401, 403) } },
    handler: async (request, reply) => {
      if (request.principal?.kind !== 'person') return refuseWith(reply, 'AUTH_REQUIRED');
      return reply.header('cache-control', 'no-store').send({ items: await accounts.sessionsOf(request.principal) });
    },
  });

  app.delete('/api/v1/session/mine/:id', {
    config: { policy: 'staff' },
    schema: { tags: ['session'], summary: 'End one of my sessions; its screens leave', params: Closed({ id: Id }), response: { 200: Closed({}), ...refusals(401, 403, 404) } },
    handler: async (request, reply) => {
      if (request.principal?.kind !== 'person') return refuseWith(reply, 'AUTH_REQUIRED');
      const outcome = await accounts.endSessionOf(request.principal, request.params.id);
      return answer(reply, outcome.ok ? { ok: true, value: {} } : outcome);
    },
  });
}
