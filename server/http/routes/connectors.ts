import Type from 'typebox';
import { Closed, EpochMs } from '#contract/base.ts';
import { Connector, ConnectorId, ConnectorPreview, ConnectorRun, ConnectorSecrets, ConnectorText } from '#contract/connector.ts';
import type { Principal } from '#contract/roles.ts';
import { reachesAll } from '../../domain/account/reach.ts';
import { answer, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const tags = ['connectors'];
const params = Closed({ id: ConnectorId });
const Written = Closed({ connector: ConnectorText, secrets: ConnectorSecrets, rev: Type.Integer({ minimum: 0 }) });
const Tried = Closed({ connector: ConnectorText, secrets: ConnectorSecrets });
const Span = Closed({ from: EpochMs, to: EpochMs, sliceHours: Type.Integer({ minimum: 1, maximum: 8760 }) });
const FAILS = [400, 401, 403, 404, 409, 415, 422, 503] as const;

/** Connections to systems that do not push: declared, tried, watched. They carry data of every unit, so only an administrator of all may. */
export function connectorRoutes(app: App, { connectors, services, subtree }: RouteDeps): void {
  const config = { policy: 'administer' as const };
  const writing = { ...config, accepts: JSON_BODY };
  const actorOf = (request: Parameters<typeof scopeOfRequest>[0]): Principal | undefined => {
    const scope = scopeOfRequest(request, subtree);
    return reachesAll(scope) ? scope.principal : undefined;
  };

  app.get('/api/v1/connectors', {
    config,
    schema: { tags, summary: 'Connections with their state, counts and scores; never their secrets', response: { 200: Closed({ items: Type.Array(Connector) }), ...refusals(401, 403, 503) } },
    handler: async (request, reply) => {
      if (!actorOf(request)) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const listed = await connectors.list();
      return answer(reply.header('cache-control', 'no-store'), listed.ok ? { ok: true, value: { items: listed.value } } : listed);
    },
  });

  app.get('/api/v1/connectors/adapters', {
    config,
    schema: { tags, summary: 'Ready-made connections that come with the services, as a beginning', response: { 200: Closed({ items: Type.Array(ConnectorText) }), ...refusals(401, 403) } },
    handler: async (request, reply) => (actorOf(request) ? reply.header('cache-control', 'no-store').send({ items: [...services.adapters()] }) : refuseWith(reply, 'AUTH_FORBIDDEN')),
  });

  app.put('/api/v1/connectors/:id', {
    config: writing,
    schema: { tags, summary: 'Write a connection down; `rev` 0 makes a new one', params, body: Written, response: { 200: Connector, ...refusals(...FAILS) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      if (!actor) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const { connector, secrets, rev } = request.body;
      if (connector.id !== request.params.id) return refuseWith(reply, 'REQUEST_BODY', { pointer: '/connector/id' });
      return answer(reply, await connectors.write(actor, connector, secrets, rev));
    },
  });

  app.post('/api/v1/connectors/preview', {
    config: writing,
    schema: { tags, summary: 'Ask the other side once: what its rows would become. Nothing is stored', body: Tried, response: { 200: ConnectorPreview, ...refusals(...FAILS) } },
    handler: async (request, reply) => {
      if (!actorOf(request)) return refuseWith(reply, 'AUTH_FORBIDDEN');
      return answer(reply.header('cache-control', 'no-store'), await connectors.preview(request.body.connector, request.body.secrets));
    },
  });

  app.delete('/api/v1/connectors/:id', {
    config,
    schema: { tags, summary: 'Remove a connection; what it brought stays', params, response: { 200: Closed({}), ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      if (!actor) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const removed = await connectors.remove(actor, request.params.id);
      return answer(reply, removed.ok ? { ok: true, value: {} } : removed);
    },
  });

  app.get('/api/v1/connectors/:id/runs', {
    config,
    schema: { tags, summary: 'The newest runs with their refused rows', params, response: { 200: Closed({ items: Type.Array(ConnectorRun) }), ...refusals(401, 403, 503) } },
    handler: async (request, reply) => {
      if (!actorOf(request)) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const runs = await connectors.runs(request.params.id);
      return answer(reply.header('cache-control', 'no-store'), runs.ok ? { ok: true, value: { items: runs.value } } : runs);
    },
  });

  app.post('/api/v1/connectors/:id/state', {
    config: writing,
    schema: { tags, summary: 'Let a connection run, or stop it', params, body: Closed({ isOn: Type.Boolean() }), response: { 200: Connector, ...refusals(...FAILS) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      return actor ? answer(reply, await connectors.turn(actor, request.params.id, request.body.isOn)) : refuseWith(reply, 'AUTH_FORBIDDEN');
    },
  });

  for (const [word, summary] of [['ask', 'Ask now'], ['cancel', 'Stop the backfill that runs; what was taken stays']] as const) {
    app.post(`/api/v1/connectors/:id/${word}`, {
      config: writing,
      schema: { tags, summary, params, body: Closed({}), response: { 200: Closed({}), ...refusals(...FAILS) } },
      handler: async (request, reply) => {
        const actor = actorOf(request);
        if (!actor) return refuseWith(reply, 'AUTH_FORBIDDEN');
        const done = await connectors[word](actor, request.params.id);
        return answer(reply, done.ok ? { ok: true, value: {} } : done);
      },
    });
  }

  app.post('/api/v1/connectors/:id/backfill', {
    config: writing,
    schema: { tags, summary: 'Take a span of the past, slice by slice', params, body: Span, response: { 200: ConnectorRun, ...refusals(...FAILS) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      return actor ? answer(reply, await connectors.backfill(actor, request.params.id, request.body)) : refuseWith(reply, 'AUTH_FORBIDDEN');
    },
  });

  app.post('/api/v1/connectors/:id/messages', {
    config: { policy: 'ingest', accepts: JSON_BODY },
    schema: { tags, summary: 'A call of the other side, in its own form; the mapping of the connection makes items of it', params, body: Type.Unknown(), response: { 200: ConnectorRun, ...refusals(...FAILS) } },
    handler: async (request, reply) => (request.source ? answer(reply, await connectors.take(request.params.id, request.source, request.body)) : refuseWith(reply, 'AUTH_KEY')),
  });
}
