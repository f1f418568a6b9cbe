import Type from 'typebox';
import { Closed } from '#contract/base.ts';
import { ConnectorId } from '#contract/connector.ts';
import { Delivery, EventReceiver, ReceiverTest, ReceiverWritten } from '#contract/eventReceiver.ts';
import type { Principal } from '#contract/roles.ts';
import { reachesAll } from '../../domain/account/reach.ts';
import { answer, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const tags = ['connectors'];
const params = Closed({ id: ConnectorId });
const FAILS = [400, 401, 403, 404, 409, 415, 422, 503] as const;
/** A test is a message to somebody: few are needed, many would be a nuisance. */
const TESTS = { max: 10, timeWindow: 60_000, groupId: 'receiver-test' };

/** Systems that are told what happens here. They hear of every unit, so only an administrator of all may declare one. */
export function eventReceiverRoutes(app: App, { eventReceivers, subtree }: RouteDeps): void {
  const config = { policy: 'administer' as const };
  const writing = { ...config, accepts: JSON_BODY };
  const actorOf = (request: Parameters<typeof scopeOfRequest>[0]): Principal | undefined => {
    const scope = scopeOfRequest(request, subtree);
    return reachesAll(scope) ? scope.principal : undefined;
  };

  app.get('/api/v1/event-receivers', {
    config,
    schema: { tags, summary: 'Systems that are told of events, with how it goes; never their secrets', response: { 200: Closed({ items: Type.Array(EventReceiver) }), ...refusals(401, 403, 503) } },
    handler: async (request, reply) => {
      if (!actorOf(request)) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const listed = await eventReceivers.list();
      return answer(reply.header('cache-control', 'no-store'), listed.ok ? { ok: true, value: { items: listed.value } } : listed);
    },
  });

  app.put('/api/v1/event-receivers/:id', {
    config: writing,
    schema: { tags, summary: 'Write a receiver down; `rev` 0 makes a new one', params, body: ReceiverWritten, response: { 200: EventReceiver, ...refusals(...FAILS) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      if (!actor) return refuseWith(reply, 'AUTH_FORBIDDEN');
      if (request.body.receiver.id !== request.params.id) return refuseWith(reply, 'REQUEST_BODY', { pointer: '/receiver/id' });
      return answer(reply, await eventReceivers.write(actor, request.body));
    },
  });

  app.delete('/api/v1/event-receivers/:id', {
    config,
    schema: { tags, summary: 'Remove a receiver with its log', params, response: { 200: Closed({}), ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      if (!actor) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const removed = await eventReceivers.remove(actor, request.params.id);
      return answer(reply, removed.ok ? { ok: true, value: {} } : removed);
    },
  });

  app.get('/api/v1/event-receivers/:id/deliveries', {
    config,
    schema: { tags, summary: 'The newest events that were sent or refused', params, response: { 200: Closed({ items: Type.Array(Delivery) }), ...refusals(401, 403, 503) } },
    handler: async (request, reply) => {
      if (!actorOf(request)) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const read = await eventReceivers.deliveries(request.params.id);
      return answer(reply.header('cache-control', 'no-store'), read.ok ? { ok: true, value: { items: read.value } } : read);
    },
  });

  app.post('/api/v1/event-receivers/:id/state', {
    config: writing,
    schema: { tags, summary: 'Begin to tell a receiver what happens from now on, or stop', params, body: Closed({ isOn: Type.Boolean() }), response: { 200: EventReceiver, ...refusals(...FAILS) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      return actor ? answer(reply, await eventReceivers.turn(actor, request.params.id, request.body.isOn)) : refuseWith(reply, 'AUTH_FORBIDDEN');
    },
  });

  app.post('/api/v1/event-receivers/:id/test', {
    config: { ...writing, rateLimit: TESTS },
    schema: { tags, summary: 'Send one made-up event and say what came of it', params, body: Closed({}), response: { 200: ReceiverTest, ...refusals(400, 401, 403, 404, 415, 429, 503) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      return actor ? answer(reply, await eventReceivers.test(actor, request.params.id)) : refuseWith(reply, 'AUTH_FORBIDDEN');
    },
  });
}
