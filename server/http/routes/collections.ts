import { Closed, Id } from '#contract/base.ts';
import { Page } from '#contract/http.ts';
import { okay } from '#contract/faults.ts';
import type { Policy } from '#contract/roles.ts';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { sees } from '../../domain/scope.ts';
import { withPeople } from '../assignmentPeople.ts';
import { answer, refuseWith } from '../faults.ts';
import { readListQuery, ListParameters } from '../listQuery.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

/** Every collection with who may read it; walls, scenes and users have routes of their own. */
export const COLLECTIONS = {
  alerts: 'wall',
  feedback: 'wall',
  cameras: 'wall',
  sensors: 'wall',
  units: 'wall',
  indicators: 'wall',
  cases: 'wall',
  dossiers: 'wall',
  'handling-requests': 'wall',
  assignments: 'wall',
  documents: 'staff',
  directives: 'staff',
  campaigns: 'wall',
  outreach: 'staff',
  'security-events': 'staff',
  sources: 'wall',
} as const satisfies Record<string, Policy>;

/** Names of people who answer for assignments are for people: a wall is not told. */
const isToldWho = (name: string, { principal }: FastifyRequest): boolean => name === 'assignments' && principal?.kind === 'person';

export function collectionRoutes(app: App, { collections, telemetry, past, subtree, people }: RouteDeps): void {
  for (const [name, policy] of Object.entries(COLLECTIONS)) {
    app.get(`/api/v1/${name}`, {
      config: { policy },
      schema: { tags: ['collections'], summary: `List of ${name}`, querystring: ListParameters, response: { 200: Page, ...refusals(400, 401, 403, 503) } },
      handler: async (request, reply) => {
        const query = readListQuery(request.query);
        if (!query.ok) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/bbox' });
        const isLatestOnly = name === 'sensors' && !collections.names().includes(name);
        reply.header('cache-control', 'no-store');
        const scope = scopeOfRequest(request, subtree);
        if (name === 'sensors' && query.value.at !== undefined) {
          const known = await past.sensors(query.value.at, scope);
          return answer(reply, known.ok ? { ok: true, value: { items: known.value.slice(0, query.value.limit), next: null } } : known);
        }
        if (isLatestOnly) return reply.send({ items: telemetry.sensors().filter(({ unit }) => sees(scope, unit, null)).slice(0, query.value.limit), next: null });
        const page = await collections.list(name, query.value, scope);
        if (!page.ok || !isToldWho(name, request)) return answer(reply, page);
        const items = await withPeople(people, page.value.items);
        return answer(reply, items.ok ? okay({ ...page.value, items: items.value }) : items);
      },
    });

    app.get(`/api/v1/${name}/:id`, {
      config: { policy },
      schema: { tags: ['collections'], summary: `One of ${name}`, params: Closed({ id: Id }), response: { 200: Type.Unknown(), ...refusals(401, 403, 404, 503) } },
      handler: async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const found = await collections.get(name, request.params.id, scopeOfRequest(request, subtree));
        if (!found.ok || !isToldWho(name, request)) return answer(reply, found);
        const items = await withPeople(people, [found.value]);
        return answer(reply, items.ok ? okay(items.value[0]) : items);
      },
    });
  }
}
