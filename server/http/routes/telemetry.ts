import Type from 'typebox';
import { Closed } from '#contract/base.ts';
import { TrafficState, VehicleState } from '#contract/topics/telemetry.ts';
import { refusals } from '../openapi.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

export function telemetryRoutes(app: App, { telemetry }: RouteDeps): void {
  app.get('/api/v1/vehicles', {
    config: { policy: 'wall' },
    schema: { tags: ['telemetry'], summary: 'Latest place of every vehicle', response: { 200: Closed({ items: Type.Array(VehicleState), next: Type.Null() }), ...refusals(401, 403) } },
    handler: async (_request, reply) => reply.header('cache-control', 'no-store').send({ items: telemetry.vehicles(), next: null } as never),
  });
  app.get('/api/v1/traffic', {
    config: { policy: 'wall' },
    schema: { tags: ['telemetry'], summary: 'Latest speed of every road segment', response: { 200: Closed({ items: Type.Array(TrafficState), next: Type.Null() }), ...refusals(401, 403) } },
    handler: async (_request, reply) => reply.header('cache-control', 'no-store').send({ items: telemetry.traffic(), next: null }),
  });
}
