import Type from 'typebox';
import { Closed } from '#contract/base.ts';
import { DossierBoard, DossierSide, Reconciliation, SharedTopic } from '#contract/register.ts';
import { answer, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'yyyy-mm-dd' });
const SourceId = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' });

/** Dossiers by unit, procedure and level against the period before; what two systems have of the same register. */
export function registerRoutes(app: App, { register, subtree }: RouteDeps): void {
  app.get('/api/v1/dossiers/board', {
    config: { policy: 'wall' },
    schema: { tags: ['procedures'], summary: 'Dossiers received, on time and overdue in a period, by one side', querystring: Closed({ by: DossierSide, from: Day, to: Day }), response: { 200: DossierBoard, ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const { by, from, to } = request.query;
      if (!(Date.parse(from) <= Date.parse(to))) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/to' });
      return answer(reply.header('cache-control', 'no-store'), await register.dossiers(by, from, to, scopeOfRequest(request, subtree)));
    },
  });
  app.get('/api/v1/reconciliation', {
    config: { policy: 'staff' },
    schema: { tags: ['procedures'], summary: 'Records of one system and not of the other, and those told differently', querystring: Closed({ topic: SharedTopic, a: SourceId, b: SourceId }), response: { 200: Reconciliation, ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const { topic, a, b } = request.query;
      return answer(reply.header('cache-control', 'no-store'), await register.reconcile(topic, a, b, scopeOfRequest(request, subtree)));
    },
  });
}
