import Type from 'typebox';
import { Closed } from '#contract/base.ts';
import { CameraGroup, CameraGroupEdit } from '#contract/cameras.ts';
import { answer } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

/** Groups of cameras: for everyone who sees their cameras, or kept for some. */
export function cameraGroupRoutes(app: App, { cameraGroups }: RouteDeps): void {
  const tags = ['cameras'];
  const Groups = Closed({ items: Type.Array(CameraGroup) });

  app.get('/api/v1/camera-groups', {
    config: { policy: 'administer' },
    schema: { tags, summary: 'Groups of cameras and for whom their pictures are', response: { 200: Groups, ...refusals(401, 403, 503) } },
    handler: async (_request, reply) => reply.header('cache-control', 'no-store').send({ items: await cameraGroups.list() }),
  });
  app.put('/api/v1/camera-groups', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: { tags, summary: 'Keep the pictures of a group for some, or open it to everyone; open players follow within five seconds', body: CameraGroupEdit, response: { 200: Groups, ...refusals(400, 401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const kept = await cameraGroups.keep(request.principal!, request.body);
      return answer(reply, kept.ok ? { ok: true, value: { items: await cameraGroups.list() } } : kept);
    },
  });
}
