import Type from 'typebox';
import { Closed, Id } from '#contract/base.ts';
import { EnterValue, IndicatorImport, IndicatorImportDetail, IndicatorImports, TakeImport } from '#contract/indicatorImport.ts';
import { BodyError } from '../bodies.ts';
import { answer, answerMade, refuse, refuseWith } from '../faults.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const MOST_BYTES = 32 * 1024 * 1024;
const one = Closed({ id: Id });
const tags = ['red'];

/** Values of indicators from people: one by a form, many by a spreadsheet that is read, checked, shown, and then taken whole or not at all. */
export function indicatorImportRoutes(app: App, { indicatorImports, subtree }: RouteDeps): void {
  const policy = 'unit-work' as const;

  app.post('/api/v1/indicators/values', {
    config: { policy, accepts: JSON_BODY },
    schema: { tags, summary: 'Enter one value by hand', body: EnterValue, response: { 201: Closed({ id: Type.String() }), ...refusals(400, 401, 403, 422, 503) } },
    handler: async (request, reply) => answerMade(reply, await indicatorImports.enter(request.body, scopeOfRequest(request, subtree))),
  });
  app.post('/api/v1/indicators/imports', {
    config: { policy, accepts: ['multipart/form-data'] },
    bodyLimit: MOST_BYTES + 64 * 1024,
    schema: { tags, summary: 'Send a spreadsheet (XLSX or CSV) to be read and checked; nothing is stored of it yet', consumes: ['multipart/form-data'], response: { 201: IndicatorImport, ...refusals(400, 401, 403, 413, 415, 503) } },
    handler: async (request, reply) => {
      const part = await request.file({ limits: { fileSize: MOST_BYTES, files: 1 } }).catch((error: unknown) => {
        throw error instanceof Error && 'statusCode' in error ? error : new BodyError(`the form is broken: ${String(error)}`);
      });
      if (!part) return refuseWith(reply, 'REQUEST_BODY', { pointer: '/file' });
      return answerMade(reply, await indicatorImports.begin({ name: part.filename.normalize('NFC'), bytes: await part.toBuffer() }, scopeOfRequest(request, subtree)));
    },
  });
  app.get('/api/v1/indicators/imports', {
    config: { policy },
    schema: { tags, summary: 'Spreadsheets that were sent, newest first', response: { 200: IndicatorImports, ...refusals(401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await indicatorImports.list(scopeOfRequest(request, subtree))),
  });
  app.get('/api/v1/indicators/imports/:id', {
    config: { policy },
    schema: { tags, summary: 'One spreadsheet: how far it is, its first rows and remarks', params: one, response: { 200: IndicatorImportDetail, ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await indicatorImports.get(request.params.id, scopeOfRequest(request, subtree))),
  });
  app.get('/api/v1/indicators/imports/:id/remarks.csv', {
    config: { policy },
    schema: { tags, summary: 'Every refused or noted row with its reason', params: one, response: { ...rawAnswer('CSV'), ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const file = await indicatorImports.remarks(request.params.id, scopeOfRequest(request, subtree));
      if (!file.ok) return refuse(reply, file.fault);
      return reply.headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="dong-loi-${request.params.id}.csv"` }).type('text/csv; charset=utf-8').send(file.value);
    },
  });
  app.post('/api/v1/indicators/imports/:id/take', {
    config: { policy, accepts: JSON_BODY },
    schema: { tags, summary: 'Take every good row in one transaction', params: one, body: TakeImport, response: { 200: IndicatorImport, ...refusals(400, 401, 403, 404, 409, 422, 503) } },
    handler: async (request, reply) => answer(reply, await indicatorImports.take(request.params.id, request.body.skipFaulty, scopeOfRequest(request, subtree))),
  });
  app.post('/api/v1/indicators/imports/:id/cancel', {
    config: { policy },
    schema: { tags, summary: 'Stop it; nothing of it stays', params: one, response: { 200: IndicatorImport, ...refusals(401, 403, 404, 409, 503) } },
    handler: async (request, reply) => answer(reply, await indicatorImports.cancel(request.params.id, scopeOfRequest(request, subtree))),
  });
}
