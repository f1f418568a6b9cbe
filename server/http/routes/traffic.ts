import Type from 'typebox';
import { Closed, EpochMs, Id } from '#contract/base.ts';
import { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { NewTrafficEvent, PatrolNear, StreetSign, TrafficBoard, TrafficEvent } from '#contract/traffic.ts';
import { answer } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

export function trafficRoutes(app: App, { traffic, subtree }: RouteDeps): void {
  app.get('/api/v1/streets', {
    config: { policy: 'staff' },
    schema: { tags: ['traffic'], summary: 'Level of service of the streets against what is typical for the hour, and corridor travel times', response: { 200: TrafficBoard, ...refusals(401, 403, 503) } },
    handler: async (_request, reply) => answer(reply.header('cache-control', 'no-store'), await traffic.board()),
  });

  app.get('/api/v1/streets/events', {
    config: { policy: 'staff' },
    schema: { tags: ['traffic'], summary: 'Incidents, closures, flooded streets, planned events', querystring: Closed({ all: Type.Optional(Type.Boolean()) }), response: { 200: Closed({ items: Type.Array(TrafficEvent) }), ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const found = await traffic.events(request.query.all ?? false);
      return answer(reply.header('cache-control', 'no-store'), found.ok ? { ok: true, value: { items: found.value } } : found);
    },
  });

  app.get('/api/v1/streets/signs', {
    config: { policy: 'wall' },
    schema: { tags: ['traffic'], summary: 'Events on the streets as maps draw them, now or at a moment of the past', querystring: Closed({ at: Type.Optional(EpochMs) }), response: { 200: Closed({ items: Type.Array(StreetSign) }), ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const found = await traffic.signs(request.query.at);
      return answer(reply.header('cache-control', 'no-store'), found.ok ? { ok: true, value: { items: found.value } } : found);
    },
  });

  app.post('/api/v1/streets/events', {
    config: { policy: 'operate', accepts: JSON_BODY },
    schema: { tags: ['traffic'], summary: 'Write an event down; it lies on the nearest stretch of street', body: NewTrafficEvent, response: { 200: TrafficEvent, ...refusals(400, 401, 403, 415, 503) } },
    handler: async (request, reply) => answer(reply, await traffic.addEvent(scopeOfRequest(request, subtree), request.body)),
  });

  app.post('/api/v1/streets/events/:id/end', {
    config: { policy: 'operate', accepts: JSON_BODY },
    schema: { tags: ['traffic'], summary: 'An event is over', params: Closed({ id: Id }), body: Closed({}), response: { 200: TrafficEvent, ...refusals(400, 401, 403, 404, 415, 503) } },
    handler: async (request, reply) => answer(reply, await traffic.endEvent(scopeOfRequest(request, subtree), request.params.id)),
  });

  app.get('/api/v1/streets/patrols', {
    config: { policy: 'operate' },
    schema: {
      tags: ['traffic'], summary: 'Patrols by the time they need to a place; by distance where no street is known',
      querystring: Closed({ lon: Type.Number({ minimum: -180, maximum: 180 }), lat: Type.Number({ minimum: -90, maximum: 90 }) }),
      response: { 200: Closed({ items: Type.Array(PatrolNear) }), ...refusals(400, 401, 403, 503) },
    },
    handler: async (request, reply) => {
      const found = await traffic.patrols(scopeOfRequest(request, subtree), [request.query.lon, request.query.lat]);
      return answer(reply.header('cache-control', 'no-store'), found.ok ? { ok: true, value: { items: found.value } } : found);
    },
  });

  app.post('/api/v1/streets/patrols/:ref/task', {
    config: { policy: 'operate', accepts: JSON_BODY },
    schema: { tags: ['traffic'], summary: 'Send a patrol to an alert by a handling request of its own', params: Closed({ ref: Type.String({ minLength: 1, maxLength: 200 }) }), body: Closed({ alert: Id }), response: { 200: HandlingRequestState, ...refusals(400, 401, 403, 404, 409, 415, 422, 503) } },
    handler: async (request, reply) => answer(reply, await traffic.send(scopeOfRequest(request, subtree), request.params.ref, request.body.alert)),
  });
}
