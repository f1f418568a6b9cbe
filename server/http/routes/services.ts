import { Closed, EpochMs, Id } from '#contract/base.ts';
import { MoveService, ServicesAnswer, ServiceState, VendorsAnswer } from '#contract/service.ts';
import { answer, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

/** The services a centre watches, where they stand, and their sources side by side. */
export function serviceRoutes(app: App, { services, subtree }: RouteDeps): void {
  app.get('/api/v1/services', {
    config: { policy: 'staff' },
    schema: { tags: ['services'], summary: 'Services with their state, sources and indicators; folders that were refused, with file, line and reason', response: { 200: ServicesAnswer, ...refusals(401, 403, 503) } },
    handler: async (_request, reply) => answer(reply.header('cache-control', 'no-store'), await services.list()),
  });
  app.post('/api/v1/services/:id/state', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: { tags: ['services'], summary: 'Move a service; trial and official need a real source for every required indicator', params: Closed({ id: Id }), body: MoveService, response: { 200: ServiceState, ...refusals(400, 401, 403, 404, 409, 415, 422, 503) } },
    handler: async (request, reply) => answer(reply, await services.move(scopeOfRequest(request, subtree).principal, request.params.id, request.body)),
  });
  app.get('/api/v1/services/:id/vendors', {
    config: { policy: 'staff' },
    schema: { tags: ['services'], summary: 'Sources of a service side by side, their scores, and use by month', params: Closed({ id: Id }), querystring: Closed({ from: EpochMs, to: EpochMs }), response: { 200: VendorsAnswer, ...refusals(400, 401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const { from, to } = request.query;
      if (to <= from) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/to' });
      return answer(reply.header('cache-control', 'no-store'), await services.vendors(request.params.id, from, to));
    },
  });
}
