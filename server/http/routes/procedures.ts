import Type from 'typebox';
import { Closed, Id } from '#contract/base.ts';
import { Procedure, ProcedureCode, ProcedureCoverage, ProcedureLife, ProcedureRun, ProcedureText, ServiceCoverage } from '#contract/procedure.ts';
import { coverageOf } from '../../domain/procedure/coverage.ts';
import { readFonts } from '../../reports/fonts.ts';
import { printProcedureAnnex } from '../../reports/procedureAnnex.ts';
import { answer, refuse, refuseWith } from '../faults.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const items = <T>(list: T[]) => ({ items: list });

export function procedureRoutes(app: App, { procedures, services, alertRules, subtree }: RouteDeps): void {
  app.get('/api/v1/procedures', {
    config: { policy: 'staff' },
    schema: { tags: ['procedures'], summary: 'Every version of every procedure', response: { 200: Closed({ items: Type.Array(Procedure) }), ...refusals(401, 403, 503) } },
    handler: async (_request, reply) => {
      const found = await procedures.list();
      return answer(reply.header('cache-control', 'no-store'), found.ok ? { ok: true, value: items(found.value) } : found);
    },
  });

  app.get('/api/v1/procedures/coverage', {
    config: { policy: 'staff' },
    schema: { tags: ['procedures'], summary: 'Which procedures cover which kind of alert', response: { 200: Closed({ items: Type.Array(ProcedureCoverage) }), ...refusals(401, 403, 503) } },
    handler: async (_request, reply) => {
      const found = await procedures.coverage();
      return answer(reply.header('cache-control', 'no-store'), found.ok ? { ok: true, value: items(found.value) } : found);
    },
  });

  app.get('/api/v1/procedures/coverage/services', {
    config: { policy: 'staff' },
    schema: { tags: ['procedures'], summary: 'Procedures in force and rules of every service, by kind of alert', response: { 200: Closed({ items: Type.Array(ServiceCoverage) }), ...refusals(401, 403, 503) } },
    handler: async (_request, reply) => {
      const [watched, known, rules] = await Promise.all([services.list(), procedures.list(), alertRules.list()]);
      if (!watched.ok) return refuse(reply, watched.fault);
      if (!known.ok) return refuse(reply, known.fault);
      if (!rules.ok) return refuse(reply, rules.fault);
      return answer(reply.header('cache-control', 'no-store'), { ok: true, value: items(coverageOf(watched.value.items, known.value, rules.value)) });
    },
  });

  app.post('/api/v1/procedures', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: { tags: ['procedures'], summary: 'Write a draft: a new version, or the present draft anew', body: ProcedureText, response: { 200: Procedure, ...refusals(400, 401, 403, 415, 422, 503) } },
    handler: async (request, reply) => answer(reply, await procedures.draft(scopeOfRequest(request, subtree).principal, request.body)),
  });

  app.post('/api/v1/procedures/:code/:version/state', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: {
      tags: ['procedures'],
      summary: 'Send a version to review, put it in force, send it back or withdraw it',
      params: Closed({ code: ProcedureCode, version: Type.Integer({ minimum: 1 }) }),
      body: Closed({ state: ProcedureLife, reason: Type.Optional(Type.String({ maxLength: 1000 })) }),
      response: { 200: Procedure, ...refusals(400, 401, 403, 404, 409, 415, 422, 503) },
    },
    handler: async (request, reply) => {
      const { code, version } = request.params;
      return answer(reply, await procedures.move(scopeOfRequest(request, subtree).principal, code, version, request.body.state, request.body.reason));
    },
  });

  app.get('/api/v1/procedures/:code/:version/annex.pdf', {
    config: { policy: 'staff' },
    schema: { tags: ['procedures'], summary: 'The printed annex of a version', params: Closed({ code: ProcedureCode, version: Type.Integer({ minimum: 1 }) }), response: { ...rawAnswer('PDF'), ...refusals(400, 401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const found = await procedures.list();
      if (!found.ok) return refuse(reply, found.fault);
      const { code, version } = request.params;
      const procedure = found.value.find((one) => one.code === code && one.version === version);
      if (!procedure) return refuseWith(reply, 'NOT_FOUND');
      const paper = await printProcedureAnnex(procedure, await readFonts());
      return reply.headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${code}-${version}.pdf"` }).type('application/pdf').send(paper);
    },
  });

  app.get('/api/v1/alerts/:id/procedure-runs', {
    config: { policy: 'staff' },
    schema: { tags: ['procedures'], summary: 'Procedures carried out on an alert, newest first', params: Closed({ id: Id }), response: { 200: Closed({ items: Type.Array(ProcedureRun) }), ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const found = await procedures.runs(scopeOfRequest(request, subtree), request.params.id);
      return answer(reply.header('cache-control', 'no-store'), found.ok ? { ok: true, value: items(found.value) } : found);
    },
  });
}
