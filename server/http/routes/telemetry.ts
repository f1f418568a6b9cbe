import Type from 'typebox';
import { Closed, EpochMs, Position } from '#contract/base.ts';
import { okay, type Outcome } from '#contract/faults.ts';
import { TrafficState, VehicleState } from '#contract/topics/telemetry.ts';
import { sees } from '../../domain/scope.ts';
import { answer } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const AsOf = Closed({ at: Type.Optional(EpochMs) });
/** A vehicle of the past is known by its place in the frame: history keeps no names, and no units, so that only who sees everything sees it. */
const PastVehicle = Closed({ slot: Type.Integer(), position: Position, speedKmh: Type.Number(), headingDeg: Type.Number(), kind: Type.Integer(), at: EpochMs });
const listOf = <T>(outcome: Outcome<T[]>): Outcome<{ items: T[]; next: null }> => (outcome.ok ? okay({ items: outcome.value, next: null }) : outcome);

export function telemetryRoutes(app: App, { telemetry, past, subtree }: RouteDeps): void {
  app.get('/api/v1/vehicles', {
    config: { policy: 'wall' },
    schema: { tags: ['telemetry'], summary: 'Latest place of every vehicle, or its place at a moment of the last 24 hours', querystring: AsOf, response: { 200: Closed({ items: Type.Array(Type.Union([VehicleState, PastVehicle])), next: Type.Null() }), ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const { at } = request.query;
      const scope = scopeOfRequest(request, subtree);
      const items = at === undefined ? okay<unknown[]>(telemetry.vehicles().filter(({ unit }) => sees(scope, unit, null))) : scope.units === null ? await past.vehicles(at) : okay<unknown[]>([]);
      return answer(reply.header('cache-control', 'no-store'), listOf(items as Outcome<never[]>));
    },
  });
  app.get('/api/v1/traffic', {
    config: { policy: 'wall' },
    schema: { tags: ['telemetry'], summary: 'Latest speed of every road segment, or the speed at a moment of the past', querystring: AsOf, response: { 200: Closed({ items: Type.Array(TrafficState), next: Type.Null() }), ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const { at } = request.query;
      return answer(reply.header('cache-control', 'no-store'), listOf(at === undefined ? okay(telemetry.traffic()) : await past.traffic(at)));
    },
  });
}
