import Type from 'typebox';
import { Closed, EpochMs, Id } from '#contract/base.ts';
import { EditReport, FigureRow, LadderAnswer, MakeReport, RecordReceipt, RecordSending, ReportCalendar, ReportDetail, ReportsAnswer, ReturnReport } from '#contract/report.ts';
import type { ReportFormat } from '../../domain/ports/reports.ts';
import { answer, refuse, refuseWith } from '../faults.ts';
import { readFormFile } from '../formFile.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

/** A signed scan of some pages. */
const MOST_SIGNED_BYTES = 20 * 1024 * 1024;
const FORMATS: readonly ReportFormat[] = ['pdf', 'docx', 'xlsx', 'csv'];
const one = Closed({ id: Id });
const tags = ['reports'];
const change = { 200: ReportDetail, ...refusals(400, 401, 403, 404, 409, 422, 503) };

/** Reports and official letters. Who may write is decided by the report itself; every member of staff may read what they see. */
export function reportsRoutes(app: App, { reports, subtree }: RouteDeps): void {
  const policy = 'staff' as const;
  const reading = { policy };
  const writing = { policy, accepts: JSON_BODY };

  app.get('/api/v1/reports', { config: reading, schema: { tags, summary: 'Reports, newest first', response: { 200: ReportsAnswer, ...refusals(401, 403, 503) } }, handler: async (request, reply) => reply.header('cache-control', 'no-store').send(await reports.list(scopeOfRequest(request, subtree))) });
  app.get('/api/v1/reports/calendar', { config: reading, schema: { tags, summary: 'Deadlines ahead', response: { 200: ReportCalendar, ...refusals(401, 403, 503) } }, handler: async (request, reply) => reply.header('cache-control', 'no-store').send(await reports.calendar(scopeOfRequest(request, subtree))) });
  app.get('/api/v1/reports/ladder', {
    config: reading,
    schema: { tags, summary: 'Who has sent the monthly report, and how far it climbed', querystring: Closed({ at: Type.Optional(EpochMs) }), response: { 200: LadderAnswer, ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await reports.ladder(request.query.at, scopeOfRequest(request, subtree))),
  });
  app.get('/api/v1/reports/:id', { config: reading, schema: { tags, summary: 'One report with its figures', params: one, response: { 200: ReportDetail, ...refusals(401, 403, 404, 503) } }, handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await reports.get(request.params.id, scopeOfRequest(request, subtree))) });
  app.get('/api/v1/reports/:id/figures/:figure', {
    config: reading,
    schema: { tags, summary: 'The rows a figure was counted from', params: Closed({ id: Id, figure: Id }), response: { 200: Closed({ items: Type.Array(FigureRow) }), ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const rows = await reports.rows(request.params.id, request.params.figure, scopeOfRequest(request, subtree));
      return rows.ok ? reply.header('cache-control', 'no-store').send({ items: rows.value }) : refuse(reply, rows.fault);
    },
  });
  for (const format of FORMATS) {
    app.get(`/api/v1/reports/:id/report.${format}`, {
      config: reading,
      schema: { tags, summary: `The report as ${format}`, params: one, response: { ...rawAnswer('the file'), ...refusals(401, 403, 404, 503) } },
      handler: async (request, reply) => {
        const file = await reports.file(request.params.id, format, scopeOfRequest(request, subtree));
        if (!file.ok) return refuse(reply, file.fault);
        return reply.headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${file.value.name}"` }).type(file.value.contentType).send(file.value.body);
      },
    });
  }

  app.post('/api/v1/reports', { config: writing, schema: { tags, summary: 'Make a draft from the data', body: MakeReport, response: change }, handler: async (request, reply) => answer(reply, await reports.make(request.body, scopeOfRequest(request, subtree))) });
  app.patch('/api/v1/reports/:id', { config: writing, schema: { tags, summary: 'Write under the headings of a draft', params: one, body: EditReport, response: change }, handler: async (request, reply) => answer(reply, await reports.edit(request.params.id, request.body, scopeOfRequest(request, subtree))) });
  app.post('/api/v1/reports/:id/renew', { config: reading, schema: { tags, summary: 'Count a draft anew', params: one, response: change }, handler: async (request, reply) => answer(reply, await reports.renew(request.params.id, scopeOfRequest(request, subtree))) });
  app.post('/api/v1/reports/:id/lock', { config: reading, schema: { tags, summary: 'Lock: it never changes again', params: one, response: change }, handler: async (request, reply) => answer(reply, await reports.lock(request.params.id, scopeOfRequest(request, subtree))) });
  app.post('/api/v1/reports/:id/sent', { config: writing, schema: { tags, summary: 'Record as sent, with number and recipients', params: one, body: RecordSending, response: change }, handler: async (request, reply) => answer(reply, await reports.recordSending(request.params.id, request.body, scopeOfRequest(request, subtree))) });
  app.post('/api/v1/reports/:id/signed', {
    config: { policy, accepts: ['multipart/form-data'] },
    bodyLimit: MOST_SIGNED_BYTES + 64 * 1024,
    schema: { tags, summary: 'Keep the PDF that the office signed', consumes: ['multipart/form-data'], params: one, response: { 200: ReportDetail, ...refusals(400, 401, 403, 404, 408, 409, 413, 415, 503) } },
    handler: async (request, reply) => {
      const part = await readFormFile(request, MOST_SIGNED_BYTES);
      if (!part) return refuseWith(reply, 'REQUEST_BODY', { pointer: '/file' });
      return answer(reply, await reports.keepSigned(request.params.id, part.sent, scopeOfRequest(request, subtree)));
    },
  });
  app.get('/api/v1/reports/:id/signed.pdf', {
    config: reading,
    schema: { tags, summary: 'The PDF that the office signed', params: one, response: { ...rawAnswer('the file'), ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const file = await reports.signed(request.params.id, scopeOfRequest(request, subtree));
      if (!file.ok) return refuse(reply, file.fault);
      return reply.headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${file.value.name}"` }).type(file.value.contentType).send(file.value.body);
    },
  });
  app.post('/api/v1/reports/:id/receipt', { config: writing, schema: { tags, summary: 'A recipient says it has it', params: one, body: RecordReceipt, response: change }, handler: async (request, reply) => answer(reply, await reports.recordReceipt(request.params.id, request.body.recipient, scopeOfRequest(request, subtree))) });
  app.post('/api/v1/reports/:id/return', { config: writing, schema: { tags, summary: 'Send back with a reason', params: one, body: ReturnReport, response: change }, handler: async (request, reply) => answer(reply, await reports.giveBack(request.params.id, request.body.reason, scopeOfRequest(request, subtree))) });
}
