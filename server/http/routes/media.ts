import Type from 'typebox';
import { Closed, Id } from '#contract/base.ts';
import { refuseWith } from '../faults.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { createCameraRights } from '../../domain/camera/watchRights.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const Query = Type.Object({ _HLS_msn: Type.Optional(Type.String()), _HLS_part: Type.Optional(Type.String()), _HLS_skip: Type.Optional(Type.String()), parts: Type.Optional(Type.String()), stream: Type.Optional(Type.String()), plays: Type.Optional(Type.String()) });

export function mediaRoutes(app: App, { media, cameraWork, collections, clock, subtree }: RouteDeps): void {
  const rights = createCameraRights(collections, clock);

  app.get('/media/:camera/:file', {
    config: { policy: 'wall' },
    schema: {
      tags: ['cameras'],
      summary: 'Playlist (index.m3u8), init and segments of a camera; low-latency HLS',
      params: Closed({ camera: Id, file: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$' }) }),
      querystring: Query,
      response: { ...rawAnswer('playlist or MP4'), ...refusals(401, 403, 404) },
    },
    handler: async (request, reply) => {
      const { camera, file } = request.params;
      if (!(await rights.maySee(camera, scopeOfRequest(request, subtree)))) return refuseWith(reply.header('x-camera-state', 'refused'), 'NOT_FOUND');
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const found = await media.serve(camera, file, request.query, gone.signal);
      if (!(await rights.maySee(camera, scopeOfRequest(request, subtree)))) return refuseWith(reply.header('x-camera-state', 'refused'), 'NOT_FOUND');
      if (file === 'index.m3u8' && found.status === 200 && request.principal) cameraWork.viewed(request.principal, camera);
      if (found.status === 404) return refuseWith(reply, 'NOT_FOUND');
      reply.code(found.status as 200).headers({ ...found.headers, 'cache-control': 'no-store' });
      return reply.send(found.body === undefined || typeof found.body === 'string' ? found.body : Buffer.from(found.body));
    },
  });
}
