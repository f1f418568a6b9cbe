import Type from 'typebox';
import { Closed } from '#contract/base.ts';
import { answer } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const Query = Closed({
  lon: Type.Number({ minimum: -180, maximum: 180 }),
  lat: Type.Number({ minimum: -90, maximum: 90 }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
});
const Found = Closed({ items: Type.Array(Closed({ camera: Type.Unknown(), distanceM: Type.Number() })) });
const FEW = 8;

export function cameraRoutes(app: App, { cameraSearch, subtree }: RouteDeps): void {
  for (const way of ['near', 'seeing'] as const) {
    app.get(`/api/v1/cameras/${way}`, {
      config: { policy: 'wall' },
      schema: {
        tags: ['cameras'],
        summary: way === 'near' ? 'Cameras nearest to a point' : 'Cameras whose view contains a point, nearest first',
        querystring: Query,
        response: { 200: Found, ...refusals(400, 401, 403, 503) },
      },
      handler: async (request, reply) => {
        const { lon, lat, limit = FEW } = request.query;
        const found = await cameraSearch[way]([lon, lat], limit, scopeOfRequest(request, subtree));
        return answer(reply, found.ok ? { ok: true, value: { items: found.value } } : found);
      },
    });
  }
}
