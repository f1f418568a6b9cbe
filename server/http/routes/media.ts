import Type from 'typebox';
import { Closed, Id } from '#contract/base.ts';
import { refuseWith } from '../faults.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const Query = Type.Object({ _HLS_msn: Type.Optional(Type.String()), _HLS_part: Type.Optional(Type.String()), _HLS_skip: Type.Optional(Type.String()), parts: Type.Optional(Type.String()), stream: Type.Optional(Type.String()), plays: Type.Optional(Type.String()) });

export function mediaRoutes(app: App, { media, cameraWork, cameraRights: rights, subtree }: RouteDeps): void {
  app.post('/media/:camera/whep', {
    config: { policy: 'wall', accepts: ['application/sdp'] },
    schema: {
      tags: ['cameras'],
      summary: 'Watch a camera of a WHEP gateway: an offer comes in, the answer of the gateway goes out',
      params: Closed({ camera: Id }),
      querystring: Type.Pick(Query, ['stream']),
      consumes: ['application/sdp'],
      response: { 201: Type.Unknown({ description: 'answer (SDP)' }), ...refusals(400, 401, 403, 404, 415, 503) },
    },
    handler: async (request, reply) => {
      const { camera } = request.params;
      const scope = scopeOfRequest(request, subtree);
      const maySee = () => rights.maySee(camera, scope);
      if (!(await maySee())) return refuseWith(reply.header('x-camera-state', 'refused'), 'NOT_FOUND');
      const found = await media.openView({ camera, maySee }, String(request.body ?? ''), request.query.stream === 'main' ? 'main' : 'sub');
      if (found.status === 404) return refuseWith(reply, 'NOT_FOUND');
      if (found.status === 201 && request.principal) cameraWork.viewed(request.principal, camera);
      return reply.code(found.status as 201).headers(found.headers).send(found.body);
    },
  });

  app.delete('/media/:camera/whep/:view', {
    config: { policy: 'wall' },
    schema: { tags: ['cameras'], summary: 'Leave a camera of a WHEP gateway', params: Closed({ camera: Id, view: Type.String({ pattern: '^[0-9a-f]{32}$' }) }), response: { 200: Closed({}), ...refusals(401, 403, 404) } },
    handler: async (request, reply) => {
      if (!(await rights.maySee(request.params.camera, scopeOfRequest(request, subtree)))) return refuseWith(reply, 'NOT_FOUND');
      await media.endView(request.params.view);
      return reply.send({});
    },
  });

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
