import { createHash } from 'node:crypto';
import Type from 'typebox';
import { Check } from 'typebox/value';
import { Closed, EpochMs, Id, Line } from '#contract/base.ts';
import { BookmarkEdit, CameraEdit, CameraFaultReport, CameraHealth, CameraImport, CameraRoundAnswer, CameraSet, CameraSetEdit, CameraStatus, CameraTrace, ImportAnswer } from '#contract/cameras.ts';
import { CameraState } from '#contract/topics/camera.ts';
import { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { ATTACHMENT_LIMIT } from '../bodies.ts';
import { answer, refuse, refuseWith } from '../faults.ts';
import { readFormFile } from '../formFile.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { createReencoder } from '../reencode.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import { watchRefusal } from '../watching.ts';
import type { RouteDeps } from './index.ts';

const OneCamera = Closed({ id: Id });
const SnapshotFields = Closed({ takenAt: EpochMs, reason: Line(500), about: Type.Optional(Id) });
const Period = Closed({ from: EpochMs, to: EpochMs });
const LISTS = [{ format: 'csv', file: 'list.csv', type: 'text/csv' }, { format: 'onvif', file: 'list.xml', type: 'application/xml' }] as const;
const LONGEST_PERIOD_MS = 100 * 86_400_000;
const MOST_TRACES = 200;

/** Work with cameras: sets, evidence, register, health. Rights are checked at the camera, by the port. */
export function cameraWorkRoutes(app: App, deps: RouteDeps): void {
  const { cameraWork, attachments, collections, media, subtree } = deps;
  const reencoder = createReencoder();
  const tags = ['cameras'];

  app.get('/api/v1/camera-sets', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Saved salvos and tours', response: { 200: Closed({ items: Type.Array(CameraSet) }), ...refusals(401, 403, 503) } },
    handler: async (request, reply) => {
      const found = await cameraWork.sets(scopeOfRequest(request, subtree));
      return answer(reply.header('cache-control', 'no-store'), found.ok ? { ok: true, value: { items: found.value } } : found);
    },
  });
  app.post('/api/v1/camera-sets', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags, summary: 'Save a salvo or a tour', body: CameraSetEdit, response: { 200: CameraSet, ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => answer(reply, await cameraWork.keepSet(scopeOfRequest(request, subtree), undefined, request.body)),
  });
  app.put('/api/v1/camera-sets/:id', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags, summary: 'Change a salvo or a tour', params: OneCamera, body: CameraSetEdit, response: { 200: CameraSet, ...refusals(400, 401, 403, 404, 503) } },
    handler: async (request, reply) => answer(reply, await cameraWork.keepSet(scopeOfRequest(request, subtree), request.params.id, request.body)),
  });
  app.delete('/api/v1/camera-sets/:id', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Remove a salvo or a tour', params: OneCamera, response: { 200: Closed({}), ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const removed = await cameraWork.removeSet(scopeOfRequest(request, subtree), request.params.id);
      return answer(reply, removed.ok ? { ok: true, value: {} } : removed);
    },
  });

  app.get('/api/v1/cameras/traces', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Evidence log: snapshots, notes, and views for those who audit', querystring: Closed({ camera: Type.Optional(Id) }), response: { 200: Closed({ items: Type.Array(CameraTrace) }), ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const found = await cameraWork.traces(scopeOfRequest(request, subtree), { camera: request.query.camera, limit: MOST_TRACES });
      return answer(reply.header('cache-control', 'no-store'), found.ok ? { ok: true, value: { items: found.value } } : found);
    },
  });
  app.post('/api/v1/cameras/:id/bookmarks', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags, summary: 'Note a moment of a camera', params: OneCamera, body: BookmarkEdit, response: { 200: CameraTrace, ...refusals(400, 401, 403, 404, 503) } },
    handler: async (request, reply) => answer(reply, await cameraWork.bookmark(request.principal!, request.params.id, request.body)),
  });
  app.post('/api/v1/cameras/:id/snapshots', {
    config: { policy: 'staff', accepts: ['multipart/form-data'] },
    bodyLimit: ATTACHMENT_LIMIT + 64 * 1024,
    schema: { tags, summary: 'Keep a picture with camera, time, person and reason; as evidence of an alert or case when named', consumes: ['multipart/form-data'], params: OneCamera, response: { 200: CameraTrace, ...refusals(400, 401, 403, 404, 413, 415, 422, 503, 507) } },
    handler: async (request, reply) => {
      const part = await readFormFile(request);
      if (!part) return refuseWith(reply, 'REQUEST_BODY', { pointer: '/file' });
      const { sent } = part;
      const fields: Record<string, unknown> = { ...part.fields, ...('takenAt' in part.fields ? { takenAt: Number(part.fields.takenAt) } : {}) };
      if (!Check(SnapshotFields, fields)) return refuseWith(reply, 'REQUEST_BODY', { pointer: '/reason' });
      const seen = await collections.get('cameras', request.params.id, scopeOfRequest(request, subtree));
      if (!seen.ok) return refuse(reply, seen.fault);
      const fault = await watchRefusal(request, request.params.id, deps);
      if (fault) return refuse(reply, fault);
      const picture = await reencoder.reencode(sent, (seen.value as CameraState).masks ?? []);
      if (!picture) return refuseWith(reply, 'REQUEST_MEDIA_TYPE', { pointer: '/file' });
      const id = `at-${createHash('sha256').update(sent).digest('hex').slice(0, 40)}`;
      const kept = await attachments.keep({ ...picture, id });
      if (!kept.ok) return refuse(reply, kept.fault);
      return answer(reply, await cameraWork.snapshot(request.principal!, request.params.id, { attachment: id, ...fields }));
    },
  });

  app.post('/api/v1/cameras', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags, summary: 'Register a camera', body: CameraEdit, response: { 200: CameraState, ...refusals(400, 401, 403, 422, 503) } },
    handler: async (request, reply) => answer(reply, await cameraWork.register(request.principal!, undefined, request.body)),
  });
  app.put('/api/v1/cameras/:id', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags, summary: 'Change a camera; addresses are written and never read back', params: OneCamera, body: CameraEdit, response: { 200: CameraState, ...refusals(400, 401, 403, 404, 422, 503) } },
    handler: async (request, reply) => answer(reply, await cameraWork.register(request.principal!, request.params.id, request.body)),
  });
  app.post('/api/v1/cameras/import', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags, summary: 'Take in a CSV or ONVIF list of cameras, row by row; a preview changes nothing', body: CameraImport, response: { 200: ImportAnswer, ...refusals(400, 401, 403, 413, 503) } },
    handler: async (request, reply) => answer(reply, await cameraWork.importList(request.principal!, request.body)),
  });
  for (const { format, file, type } of LISTS) {
    app.get(`/api/v1/cameras/${file}`, {
      config: { policy: 'staff' },
      schema: { tags, summary: `The register as ${format === 'csv' ? 'CSV' : 'a list of ONVIF devices'} that the import takes back`, response: { ...rawAnswer(type), ...refusals(401, 403, 503) } },
      handler: async (request, reply) => {
        const list = await cameraWork.exportList(scopeOfRequest(request, subtree), format);
        if (!list.ok) return refuse(reply, list.fault);
        return reply.type(`${type}; charset=utf-8`).header('content-disposition', `attachment; filename="${file.replace('list', 'camera')}"`).header('cache-control', 'no-store').send(list.value);
      },
    });
  }

  app.get('/api/v1/cameras/:id/status', {
    config: { policy: 'wall' },
    schema: { tags, summary: 'How the connection of a camera stands', params: OneCamera, response: { 200: CameraStatus, ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const { id } = request.params;
      const seen = await collections.get('cameras', id, scopeOfRequest(request, subtree));
      return seen.ok ? reply.header('cache-control', 'no-store').send({ id, ...media.status(id) }) : refuse(reply, seen.fault);
    },
  });
  app.get('/api/v1/cameras/health', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Availability, outages and frozen time of cameras in a period', querystring: Period, response: { 200: CameraHealth, ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const { from, to } = request.query;
      if (to <= from || to - from > LONGEST_PERIOD_MS) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/to' });
      return answer(reply.header('cache-control', 'no-store'), await cameraWork.health(scopeOfRequest(request, subtree), from, to));
    },
  });
  app.get('/api/v1/cameras/round', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'How far the round of all cameras is', response: { 200: CameraRoundAnswer, ...refusals(401, 403, 503) } },
    handler: async (_request, reply) => reply.header('cache-control', 'no-store').send({ round: await cameraWork.roundState() }),
  });
  app.post('/api/v1/cameras/round', {
    config: { policy: 'camera-register', accepts: JSON_BODY },
    schema: { tags, summary: 'Begin to look at every camera', body: Closed({}), response: { 200: CameraRoundAnswer, ...refusals(400, 401, 403, 503) } },
    handler: async (_request, reply) => reply.send({ round: await cameraWork.beginRound() }),
  });
  app.delete('/api/v1/cameras/round', {
    config: { policy: 'camera-register' },
    schema: { tags, summary: 'Stop the round of all cameras', response: { 200: CameraRoundAnswer, ...refusals(401, 403, 503) } },
    handler: async (_request, reply) => reply.send({ round: await cameraWork.stopRound() }),
  });
  app.post('/api/v1/cameras/:id/fault', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags, summary: 'Make a fault a handling request with a deadline', params: OneCamera, body: CameraFaultReport, response: { 200: HandlingRequestState, ...refusals(400, 401, 403, 404, 409, 422, 503) } },
    handler: async (request, reply) => answer(reply, await cameraWork.handOver(request.principal!, request.params.id, request.body)),
  });
}
