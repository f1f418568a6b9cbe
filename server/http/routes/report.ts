import Type from 'typebox';
import { Closed, Id, UnitCode } from '#contract/base.ts';
import { Contact, FollowCode, FollowedReport, PhotoProgress, PublicResults, PublicService, Rating, Reopening, REPORT_LIMITS, ReportAnswer, SimilarReport } from '#contract/citizen.ts';
import type { Outcome } from '#contract/faults.ts';
import { feedbackServices } from '../../domain/feedback/services.ts';
import { ATTACHMENT_LIMIT } from '../bodies.ts';
import { answer, refuse, refuseWith } from '../faults.ts';
import { keepPhoto } from '../keepPhoto.ts';
import { refusals } from '../openapi.ts';
import { createReencoder } from '../reencode.ts';
import { readForm, reportOf } from '../reportForm.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

/** How often one address may do something; a mobile network shares one among many people. Units: per minute. */
const PER_MINUTE = { report: 30, piece: 600, follow: 60, read: 240 };
const often = (name: keyof typeof PER_MINUTE) => ({ max: PER_MINUTE[name], timeWindow: 60_000, groupId: `report-${name}` });
const FORM = ['multipart/form-data'] as const;
const UploadName = /^[A-Za-z0-9-]{16,64}$/;

export function reportRoutes(app: App, { citizens, photoPieces, attachments, subtree }: RouteDeps): void {
  const reencoder = createReencoder();
  const keepAll = async (photos: readonly Uint8Array[]): Promise<Outcome<string[]>> => {
    const ids: string[] = [];
    for (const photo of photos) {
      const kept = await keepPhoto(photo, attachments, reencoder);
      if (!kept.ok) return kept;
      ids.push(kept.value);
    }
    return { ok: true, value: ids };
  };

  app.post('/api/v1/report', {
    config: { policy: 'public', accepts: FORM, rateLimit: often('report') },
    bodyLimit: ATTACHMENT_LIMIT + 256 * 1024,
    schema: {
      tags: ['citizens'],
      summary: 'A citizen reports something; the answer is a code to follow it by',
      consumes: [...FORM],
      response: { 200: ReportAnswer, ...refusals(400, 403, 408, 409, 413, 415, 422, 429, 503, 507) },
    },
    handler: async (request, reply) => {
      const { fields, photos } = await readForm(request);
      const report = reportOf(fields);
      if (!report.ok) return refuse(reply, report.fault);
      const kept = await keepAll(photos);
      if (!kept.ok) return refuse(reply, kept.fault);
      const media = [...new Set([...(report.value.media ?? []), ...kept.value])].slice(0, REPORT_LIMITS.photos);
      const taken = await citizens.report({ ...report.value, media });
      if (!taken.ok) return refuse(reply, taken.fault);
      const { code, status, dueAt } = taken.value;
      return reply.header('cache-control', 'no-store').send({ code, status, dueAt });
    },
  });

  app.post('/api/v1/report/piece', {
    config: { policy: 'public', accepts: FORM, rateLimit: often('piece') },
    bodyLimit: REPORT_LIMITS.pieceBytes + 16 * 1024,
    schema: {
      tags: ['citizens'],
      summary: 'One piece of a photo: over a poor link a photo comes in pieces, each sent again until it is there',
      consumes: [...FORM],
      response: { 200: PhotoProgress, ...refusals(400, 403, 408, 413, 415, 429, 503, 507) },
    },
    handler: async (request, reply) => {
      const { fields, photos } = await readForm(request, { files: 1, fileSize: REPORT_LIMITS.pieceBytes });
      const [upload = '', index, count] = ['upload', 'index', 'count'].map((name) => fields.get(name));
      const bytes = photos[0];
      const isSound = UploadName.test(upload) && /^\d{1,3}$/.test(index ?? '') && /^[1-9]\d{0,2}$/.test(count ?? '') && bytes !== undefined;
      if (!isSound) return refuseWith(reply, 'REQUEST_BODY', { pointer: '/upload' });
      const put = photoPieces.put({ upload, index: Number(index), count: Number(count), bytes });
      if (!put.ok) return refuse(reply, put.fault);
      if (put.value.whole) {
        const kept = await keepPhoto(put.value.whole, attachments, reencoder);
        if (!kept.ok) return refuse(reply, kept.fault);
        photoPieces.settle(upload, kept.value);
      }
      return reply.header('cache-control', 'no-store').send(photoPieces.progress(upload));
    },
  });

  app.get('/api/v1/report/services', {
    config: { policy: 'public', rateLimit: often('read') },
    schema: { tags: ['citizens'], summary: 'What can be reported', response: { 200: Closed({ items: Type.Array(PublicService) }), ...refusals(429) } },
    handler: async (_request, reply) => reply.header('cache-control', 'public, max-age=300').send({ items: feedbackServices.map(({ code, name, en, group, days }) => ({ code, name, en, group, days })) }),
  });

  app.get('/api/v1/report/place', {
    config: { policy: 'public', rateLimit: often('read') },
    schema: {
      tags: ['citizens'],
      summary: 'The ward a place lies in',
      querystring: Closed({ lon: Type.Number({ minimum: -180, maximum: 180 }), lat: Type.Number({ minimum: -90, maximum: 90 }) }),
      response: { 200: Closed({ ward: UnitCode, wardName: Type.String() }), ...refusals(400, 422, 429) },
    },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), citizens.place([request.query.lon, request.query.lat])),
  });

  app.get('/api/v1/report/results', {
    config: { policy: 'public', rateLimit: often('read') },
    schema: {
      tags: ['citizens'],
      summary: 'Handled reports, anonymised',
      querystring: Closed({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })), cursor: Type.Optional(Type.String({ maxLength: 20 })), service: Type.Optional(Type.String({ maxLength: 64 })), ward: Type.Optional(UnitCode) }),
      response: { 200: PublicResults, ...refusals(400, 429, 503) },
    },
    handler: async (request, reply) => {
      const { limit = 50, ...filter } = request.query;
      return answer(reply.header('cache-control', 'no-store'), await citizens.results({ limit, ...filter }));
    },
  });

  app.get('/api/v1/report/follow/:code', {
    config: { policy: 'public', rateLimit: often('follow') },
    schema: { tags: ['citizens'], summary: 'Where a report stands', params: Closed({ code: FollowCode }), response: { 200: FollowedReport, ...refusals(404, 429, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await citizens.follow(request.params.code)),
  });

  app.post('/api/v1/report/rating', {
    config: { policy: 'public', accepts: JSON_BODY, rateLimit: often('follow') },
    schema: { tags: ['citizens'], summary: 'The reporter rates the result, once', body: Rating, response: { 200: FollowedReport, ...refusals(400, 403, 404, 409, 415, 429, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await citizens.rate(request.body.code, request.body.stars)),
  });

  app.post('/api/v1/report/reopening', {
    config: { policy: 'public', accepts: JSON_BODY, rateLimit: often('follow') },
    schema: { tags: ['citizens'], summary: 'The reporter says why the matter is not settled; the report is taken up again with a new deadline', body: Reopening, response: { 200: FollowedReport, ...refusals(400, 403, 404, 409, 415, 422, 429, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await citizens.reopen(request.body.code, request.body.reason)),
  });

  app.get('/api/v1/feedback/:id/contact', {
    config: { policy: 'operate' },
    schema: { tags: ['citizens'], summary: 'How to reach the reporter; for operators only, audited', params: Closed({ id: Id }), response: { 200: Contact, ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const scope = scopeOfRequest(request, subtree);
      return answer(reply.header('cache-control', 'no-store'), await citizens.contact(scope.principal, scope, request.params.id));
    },
  });

  app.get('/api/v1/feedback/:id/similar', {
    config: { policy: 'operate' },
    schema: { tags: ['citizens'], summary: 'Reports that may be about the same matter', params: Closed({ id: Id }), response: { 200: Closed({ items: Type.Array(SimilarReport) }), ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const found = await citizens.similar(scopeOfRequest(request, subtree), request.params.id);
      return answer(reply.header('cache-control', 'no-store'), found.ok ? { ok: true, value: { items: found.value } } : found);
    },
  });
}
