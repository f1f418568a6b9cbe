import Type from 'typebox';
import { Closed, EpochMs, Id } from '#contract/base.ts';
import { Clip, ExportAsk, FootageSpan } from '#contract/footage.ts';
import { mayWorkWithCameras } from '../../domain/camera/rights.ts';
import { sendFilm } from '../film.ts';
import { answer, refuse, refuseWith } from '../faults.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import { watchRefusal } from '../watching.ts';
import type { RouteDeps } from './index.ts';

const OneCamera = Closed({ id: Id });
const Span = Closed({ from: EpochMs, to: EpochMs });
const MOST_CLIPS = 200;
/** Units: ms. */
const LONGEST = { asked: 8 * 86_400_000, film: 15 * 60_000 };

/** Film of the past: what there is, to look at, and to take out with its hash and a reason. */
export function footageRoutes(app: App, deps: RouteDeps): void {
  const { footage, cameraWork, subtree } = deps;
  const tags = ['cameras'];

  app.get('/api/v1/cameras/:id/footage', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Stretches of time of which there are pictures', params: OneCamera, querystring: Span, response: { 200: Closed({ items: Type.Array(FootageSpan) }), ...refusals(400, 401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const { from, to } = request.query;
      if (to <= from || to - from > LONGEST.asked) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/to' });
      const fault = await watchRefusal(request, request.params.id, deps);
      return fault ? refuse(reply, fault) : reply.header('cache-control', 'no-store').send({ items: await footage.spans(request.params.id, from, to) });
    },
  });

  app.get('/media/:camera/footage.mp4', {
    config: { policy: 'wall' },
    schema: {
      tags,
      summary: 'Film of a camera between two times, from wherever it lies; `x-captured-at` is the time of its first picture',
      params: Closed({ camera: Id }),
      querystring: Span,
      response: { ...rawAnswer('MP4'), ...refusals(400, 401, 403, 404, 503) },
    },
    handler: async (request, reply) => {
      const { camera } = request.params;
      const { from, to } = request.query;
      if (to <= from || to - from > LONGEST.film) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/to' });
      const fault = await watchRefusal(request, camera, deps);
      if (fault) return refuse(reply, fault);
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const film = await footage.film(camera, from, to, gone.signal);
      if (!film.ok) return refuse(reply, film.fault);
      cameraWork.viewed(request.principal!, camera, 'playback');
      return sendFilm(reply, request.headers.range, film.value.body, { 'x-captured-at': String(film.value.from), 'content-type': film.value.type });
    },
  });

  app.post('/api/v1/cameras/:id/exports', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags, summary: 'Take film out: kept as a file with SHA-256, camera, time, person and reason', params: OneCamera, body: ExportAsk, response: { 200: Clip, ...refusals(400, 401, 403, 404, 422, 503, 507) } },
    handler: async (request, reply) => {
      const { from, to } = request.body;
      if (to <= from || to - from > LONGEST.film) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/to' });
      const fault = await watchRefusal(request, request.params.id, deps);
      if (fault) return refuse(reply, fault);
      if (!mayWorkWithCameras(request.principal!)) return refuseWith(reply, 'AUTH_FORBIDDEN');
      return answer(reply, await footage.take(request.principal!, request.params.id, request.body));
    },
  });

  app.get('/api/v1/camera-clips', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Kept film, the newest first; by camera or by the alert it was kept for', querystring: Closed({ camera: Type.Optional(Id), about: Type.Optional(Id) }), response: { 200: Closed({ items: Type.Array(Clip) }), ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const found = await footage.clips(scopeOfRequest(request, subtree), { ...request.query, limit: MOST_CLIPS });
      return answer(reply.header('cache-control', 'no-store'), found.ok ? { ok: true, value: { items: found.value } } : found);
    },
  });

  app.get('/api/v1/camera-clips/:id/film.mp4', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'One kept film; its hash stands in the header as well', params: OneCamera, response: { ...rawAnswer('MP4'), ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const found = await footage.clip(scopeOfRequest(request, subtree), request.params.id);
      if (!found.ok) return refuse(reply, found.fault);
      const { clip, body } = found.value;
      const fault = await watchRefusal(request, clip.camera, deps);
      if (fault) return refuse(reply, fault);
      cameraWork.viewed(request.principal!, clip.camera, 'playback');
      const headers = { 'x-content-sha256': clip.sha256 ?? '', 'content-disposition': `attachment; filename="${clip.camera}-${clip.id}.mp4"` };
      return sendFilm(reply, request.headers.range, body, headers);
    },
  });
}
