import Type from 'typebox';
import { Closed, Id } from '#contract/base.ts';
import { DeskView, DutyEntry, NewDutyEntry } from '#contract/duty.ts';
import { answer } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const Cursor = Type.Optional(Type.String({ maxLength: 20 }));

export function dutyRoutes(app: App, { duty, subtree }: RouteDeps): void {
  app.get('/api/v1/duty/log', {
    config: { policy: 'operate' },
    schema: {
      tags: ['duty'],
      summary: 'The shift log, newest first',
      querystring: Closed({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })), cursor: Cursor }),
      response: { 200: Closed({ items: Type.Array(DutyEntry), next: Type.Union([Type.String(), Type.Null()]) }), ...refusals(400, 401, 403, 503) },
    },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await duty.log({ limit: request.query.limit ?? 50, cursor: request.query.cursor })),
  });

  app.post('/api/v1/duty/log', {
    config: { policy: 'operate', accepts: JSON_BODY },
    schema: { tags: ['duty'], summary: 'Write a note or a hand-over into the shift log', body: NewDutyEntry, response: { 200: DutyEntry, ...refusals(400, 401, 403, 415, 422, 503) } },
    handler: async (request, reply) => answer(reply, await duty.write(scopeOfRequest(request, subtree).principal, request.body)),
  });

  app.post('/api/v1/duty/log/:id/take', {
    config: { policy: 'operate', accepts: JSON_BODY },
    schema: { tags: ['duty'], summary: 'Take a shift over', params: Closed({ id: Id }), body: Closed({}), response: { 200: DutyEntry, ...refusals(400, 401, 403, 404, 409, 415, 503) } },
    handler: async (request, reply) => answer(reply, await duty.take(scopeOfRequest(request, subtree).principal, request.params.id)),
  });

  app.get('/api/v1/duty/views', {
    config: { policy: 'staff' },
    schema: { tags: ['duty'], summary: 'Filters of the desk this person keeps', response: { 200: Closed({ items: Type.Array(DeskView) }), ...refusals(401, 403, 503) } },
    handler: async (request, reply) => {
      const found = await duty.views(scopeOfRequest(request, subtree).principal.id);
      return answer(reply.header('cache-control', 'no-store'), found.ok ? { ok: true, value: { items: found.value } } : found);
    },
  });

  app.put('/api/v1/duty/views', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags: ['duty'], summary: 'Keep filters under a name', body: DeskView, response: { 200: DeskView, ...refusals(400, 401, 403, 415, 429, 503) } },
    handler: async (request, reply) => answer(reply, await duty.keepView(scopeOfRequest(request, subtree).principal.id, request.body)),
  });

  app.delete('/api/v1/duty/views/:name', {
    config: { policy: 'staff' },
    schema: { tags: ['duty'], summary: 'Forget filters', params: Closed({ name: Type.String({ minLength: 1, maxLength: 60 }) }), response: { 200: Closed({}), ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const done = await duty.dropView(scopeOfRequest(request, subtree).principal.id, request.params.name);
      return answer(reply, done.ok ? { ok: true, value: {} } : done);
    },
  });
}
