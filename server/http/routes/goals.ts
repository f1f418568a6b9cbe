import Type from 'typebox';
import { Closed, Id } from '#contract/base.ts';
import { ChargeGoal, GoalsAnswer, GoalTarget, SetTarget } from '#contract/goal.ts';
import { answer, answerMade } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const tags = ['red'];
const Code = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' });

/** Goals with their indicators, targets and owners; who may operate sets targets and names owners. */
export function goalRoutes(app: App, { goals, subtree }: RouteDeps): void {
  const writing = { policy: 'operate' as const, accepts: JSON_BODY };

  app.get('/api/v1/goals', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Goals, their indicators with progress and targets, and who answers for them', response: { 200: GoalsAnswer, ...refusals(401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await goals.tree(scopeOfRequest(request, subtree))),
  });
  app.put('/api/v1/goals/:code/unit', {
    config: writing,
    schema: { tags, summary: 'Say which unit answers for a goal', params: Closed({ code: Code }), body: ChargeGoal, response: { 200: GoalsAnswer, ...refusals(400, 401, 403, 404, 422, 503) } },
    handler: async (request, reply) => answer(reply, await goals.charge(request.params.code, request.body.unit, scopeOfRequest(request, subtree))),
  });
  app.post('/api/v1/indicators/targets', {
    config: writing,
    schema: { tags, summary: 'Set a target by a directive; its indicator is judged anew', body: SetTarget, response: { 201: GoalTarget, ...refusals(400, 401, 403, 404, 422, 503) } },
    handler: async (request, reply) => answerMade(reply, await goals.set(request.body, scopeOfRequest(request, subtree))),
  });
  app.delete('/api/v1/indicators/targets/:id', {
    config: { policy: 'operate' },
    schema: { tags, summary: 'Take a target back', params: Closed({ id: Id }), response: { 200: GoalsAnswer, ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => answer(reply, await goals.withdraw(request.params.id, scopeOfRequest(request, subtree))),
  });
}
