import Type from 'typebox';
import { Closed, Id } from '#contract/base.ts';
import { AnswerEscalation, Escalation, EscalationsAnswer, NewEscalation, RaiseEscalation } from '#contract/escalation.ts';
import { answer, answerMade } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const tags = ['red'];
const params = Closed({ id: Id });

/** What goes beyond the authority of a unit: asked, sent up, decided. */
export function escalationRoutes(app: App, { escalations, subtree }: RouteDeps): void {
  app.get('/api/v1/escalations', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Matters beyond the authority of their unit, with the ladder and its receipts', querystring: Closed({ thing: Type.Optional(Id) }), response: { 200: EscalationsAnswer, ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await escalations.list(request.query.thing, scopeOfRequest(request, subtree))),
  });
  app.post('/api/v1/escalations', {
    config: { policy: 'unit-work', accepts: JSON_BODY },
    schema: { tags, summary: 'Ask above: this is beyond the unit', body: NewEscalation, response: { 201: Escalation, ...refusals(400, 401, 403, 404, 409, 503) } },
    handler: async (request, reply) => answerMade(reply, await escalations.ask(request.body, scopeOfRequest(request, subtree))),
  });
  app.post('/api/v1/escalations/:id/read', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags, summary: 'Confirm that it was read: the receipt', params, body: Closed({}), response: { 200: Escalation, ...refusals(400, 401, 403, 404, 503) } },
    handler: async (request, reply) => answer(reply, await escalations.read(request.params.id, scopeOfRequest(request, subtree))),
  });
  app.post('/api/v1/escalations/:id/raise', {
    config: { policy: 'operate', accepts: JSON_BODY },
    schema: { tags, summary: 'Send it to the next rung', params, body: RaiseEscalation, response: { 200: Escalation, ...refusals(400, 401, 403, 404, 409, 503) } },
    handler: async (request, reply) => answer(reply, await escalations.raise(request.params.id, request.body.reason, scopeOfRequest(request, subtree))),
  });
  app.post('/api/v1/escalations/:id/answer', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags, summary: 'Decide it; the answer goes back to the unit', params, body: AnswerEscalation, response: { 200: Escalation, ...refusals(400, 401, 403, 404, 409, 503) } },
    handler: async (request, reply) => answer(reply, await escalations.answer(request.params.id, request.body.answer, scopeOfRequest(request, subtree))),
  });
}
