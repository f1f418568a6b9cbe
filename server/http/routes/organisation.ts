import Type from 'typebox';
import { Closed, Id, UnitCode } from '#contract/base.ts';
import { OrganisationAnswer, OrganisationMap, PilotMap, PlaceFigure, TotalsAnswer } from '#contract/organisation.ts';
import { answer } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'yyyy-mm-dd' });
const tags = ['organisation'];

/** The organisation as it stood on any day: its units with their successors, figures among them, and the pilot map of a letter. */
export function organisationRoutes(app: App, { organisation, subtree }: RouteDeps): void {
  app.get('/api/v1/organisation', {
    config: { policy: 'wall' },
    schema: { tags, summary: 'Units in force on a day, with what took their place', querystring: Closed({ on: Day, province: UnitCode }), response: { 200: OrganisationAnswer, ...refusals(400, 401, 403) } },
    handler: async (request, reply) => reply.header('cache-control', 'no-store').send(organisation.on(request.query.on, request.query.province)),
  });
  app.get('/api/v1/organisation/totals', {
    config: { policy: 'wall' },
    schema: { tags, summary: 'A figure by the units of a day; the sum is the same on every day', querystring: Closed({ figure: PlaceFigure, on: Day, province: UnitCode }), response: { 200: TotalsAnswer, ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const { figure, on, province } = request.query;
      return answer(reply.header('cache-control', 'no-store'), await organisation.totals(figure, on, province, scopeOfRequest(request, subtree)));
    },
  });
  app.get('/api/v1/organisation/map', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Outlines of the units in force on a day', querystring: Closed({ on: Day, province: UnitCode }), response: { 200: OrganisationMap, ...refusals(400, 401, 403) } },
    handler: async (request, reply) => reply.header('cache-control', 'private, max-age=3600').send(organisation.map(request.query.on, request.query.province)),
  });
  app.get('/api/v1/data-sets/:id/map', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Areas of a data set as outlines, with what the letter says of each', params: Closed({ id: Id }), response: { 200: PilotMap, ...refusals(401, 403, 404) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), organisation.pilotMap(request.params.id)),
  });
}
