import Type from 'typebox';
import { Closed } from '#contract/base.ts';
import { Centre, Configuration, Diagnostics, SetupState, UpkeepState } from '#contract/centre.ts';
import { reachesAll } from '../../domain/account/reach.ts';
import { answer, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const tags = ['health'];

/** The set-up of the first day and the care of every day. */
export function upkeepRoutes(app: App, { upkeep, subtree }: RouteDeps): void {
  const config = { policy: 'administer' as const };
  const writing = { ...config, accepts: JSON_BODY };
  const actorOf = (request: Parameters<typeof scopeOfRequest>[0]) => {
    const scope = scopeOfRequest(request, subtree);
    return reachesAll(scope) ? scope.principal : undefined;
  };

  app.get('/api/v1/setup', {
    config,
    schema: { tags, summary: 'What the first set-up can choose from, and how far it is', response: { 200: SetupState, ...refusals(401, 403, 503) } },
    handler: async (request, reply) => (actorOf(request) ? answer(reply.header('cache-control', 'no-store'), await upkeep.setup()) : refuseWith(reply, 'AUTH_FORBIDDEN')),
  });
  app.put('/api/v1/centre', {
    config: writing,
    schema: { tags, summary: 'Name, province, wall, help desk and backups of the centre', body: Centre, response: { 200: Centre, ...refusals(400, 401, 403, 415, 503) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      return actor ? answer(reply, await upkeep.writeCentre(actor, request.body)) : refuseWith(reply, 'AUTH_FORBIDDEN');
    },
  });
  app.get('/api/v1/upkeep', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Backups with their trials, certificates, help desk, release notes', response: { 200: UpkeepState, ...refusals(401, 403, 503) } },
    handler: async (_request, reply) => answer(reply.header('cache-control', 'no-store'), await upkeep.state()),
  });
  app.post('/api/v1/upkeep/backup', {
    config: writing,
    schema: { tags, summary: 'Make a backup now and try it', body: Closed({}), response: { 200: Closed({}), ...refusals(400, 401, 403, 409, 415) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      if (!actor) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const begun = await upkeep.backUp(actor);
      return answer(reply, begun.ok ? { ok: true, value: {} } : begun);
    },
  });
  app.get('/api/v1/upkeep/diagnostics', {
    config,
    schema: { tags, summary: 'Facts for the help desk, without personal data', response: { 200: Diagnostics, ...refusals(401, 403, 503) } },
    handler: async (request, reply) => (actorOf(request) ? answer(reply.header('content-disposition', 'attachment; filename="toan-canh-chan-doan.json"'), await upkeep.diagnostics()) : refuseWith(reply, 'AUTH_FORBIDDEN')),
  });
  app.get('/api/v1/configuration', {
    config,
    schema: { tags, summary: 'The configuration, without secrets', response: { 200: Configuration, ...refusals(401, 403, 503) } },
    handler: async (request, reply) => (actorOf(request) ? answer(reply.header('content-disposition', 'attachment; filename="toan-canh-cau-hinh.json"'), await upkeep.exportConfiguration()) : refuseWith(reply, 'AUTH_FORBIDDEN')),
  });
  app.put('/api/v1/configuration', {
    config: writing,
    schema: { tags, summary: 'Take a configuration over; its connections stay off until their secrets are entered', body: Configuration, response: { 200: Closed({ connectors: Type.Integer() }), ...refusals(400, 401, 403, 409, 415, 422, 503) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      return actor ? answer(reply, await upkeep.importConfiguration(actor, request.body)) : refuseWith(reply, 'AUTH_FORBIDDEN');
    },
  });
}
