import QRCode from 'qrcode';
import Type from 'typebox';
import { Closed, EpochMs, Id, Line } from '#contract/base.ts';
import { CodeEnrolment, ExportRequest, GuardedExport, PurgePreview, PurgeReceipt, RecoveryCodes, SecuritySettings, SecurityState, SessionLine, SignInService } from '#contract/security.ts';
import { isWithinReach, reachesAll } from '../../domain/account/reach.ts';
import { csvOf } from '../export/formats.ts';
import { localTime } from '../export/table.ts';
import { answer, refuse, refuseWith } from '../faults.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const tags = ['security'];
const Done = Closed({});
const One = Closed({ id: Id });
const DAY_MS = 86_400_000;

/** One-time codes, open sessions, exports by two people, who read what, keeping and its proofs. */
export function securityRoutes(app: App, { accounts, security, dossier, clock, subtree }: RouteDeps): void {
  const fresh = { 'cache-control': 'no-store' };

  app.post('/api/v1/session/code', {
    config: { policy: 'public', isCurious: true, accepts: JSON_BODY },
    schema: { tags, summary: 'Begin to set up one-time codes; they count once a code was confirmed', body: Done, response: { 200: CodeEnrolment, ...refusals(400, 401, 403) } },
    handler: async (request, reply) => {
      if (request.principal?.kind !== 'person' || request.principal.mustChangePassword) return refuseWith(reply, 'AUTH_REQUIRED');
      const made = await security.enrolCode(request.principal);
      if (!made.ok) return refuse(reply, made.fault);
      return reply.headers(fresh).send({ ...made.value, picture: await QRCode.toDataURL(made.value.uri, { margin: 1, width: 240 }) });
    },
  });
  app.post('/api/v1/session/code/confirm', {
    config: { policy: 'public', isCurious: true, accepts: JSON_BODY },
    schema: { tags, summary: 'Confirm the app by its first code; answers with recovery codes, shown once', body: Closed({ code: Type.String({ minLength: 6, maxLength: 10 }) }), response: { 200: RecoveryCodes, ...refusals(400, 401, 403, 429) } },
    handler: async (request, reply) => {
      if (request.principal?.kind !== 'person' || request.principal.mustChangePassword) return refuseWith(reply, 'AUTH_REQUIRED');
      return answer(reply.headers(fresh), await security.confirmCode(request.principal, request.body.code));
    },
  });
  app.post('/api/v1/users/:id/reset-code', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: { tags, summary: 'Take the one-time code from an account whose owner lost the app', params: One, body: Done, response: { 200: Done, ...refusals(400, 401, 403, 404) } },
    handler: async (request, reply) => {
      const scope = scopeOfRequest(request, subtree);
      const target = (await accounts.listAccounts()).find(({ id }) => id === request.params.id);
      if (!target || !isWithinReach(scope, target.units)) return refuseWith(reply, 'NOT_FOUND');
      const reset = await security.resetCode(scope.principal, target.id);
      return answer(reply, reset.ok ? { ok: true, value: {} } : reset);
    },
  });

  app.get('/api/v1/sessions', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'My open sessions; with `all` those of everyone an administrator reaches, paired screens too', querystring: Closed({ all: Type.Optional(Type.Boolean()) }), response: { 200: Closed({ items: Type.Array(SessionLine) }), ...refusals(400, 401, 403) } },
    handler: async (request, reply) => reply.headers(fresh).send({ items: await security.sessions(scopeOfRequest(request, subtree), request.query.all === true) }),
  });
  app.delete('/api/v1/sessions/:id', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'End a session; its sockets and players end with it', params: One, response: { 200: Done, ...refusals(401, 403, 404) } },
    handler: async (request, reply) => {
      const ended = await security.endSession(scopeOfRequest(request, subtree), request.params.id);
      return answer(reply, ended.ok ? { ok: true, value: {} } : ended);
    },
  });

  app.get('/api/v1/guarded-exports', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Exports of personal data that were asked for', response: { 200: Closed({ items: Type.Array(ExportRequest) }), ...refusals(401, 403) } },
    handler: async (request, reply) => {
      const scope = scopeOfRequest(request, subtree);
      const all = reachesAll(scope) && scope.principal.roles.some((role) => role === 'admin' || role === 'leader' || role === 'auditor');
      return reply.headers(fresh).send({ items: (await security.exports()).filter(({ askedBy }) => all || askedBy === scope.principal.id) });
    },
  });
  app.post('/api/v1/guarded-exports', {
    config: { policy: 'operate', accepts: JSON_BODY },
    schema: { tags, summary: 'Ask for an export of personal data, with a reason', body: Closed({ what: GuardedExport, reason: Line(500) }), response: { 200: ExportRequest, ...refusals(400, 401, 403, 422) } },
    handler: async (request, reply) => {
      const scope = scopeOfRequest(request, subtree);
      if (!reachesAll(scope)) return refuseWith(reply, 'AUTH_FORBIDDEN');
      return answer(reply, await security.askExport(scope.principal, request.body.what, request.body.reason));
    },
  });
  app.post('/api/v1/guarded-exports/:id/allow', {
    config: { policy: 'lead', accepts: JSON_BODY },
    schema: { tags, summary: 'Allow an export that somebody else asked for', params: One, body: Done, response: { 200: ExportRequest, ...refusals(400, 401, 403, 404, 409) } },
    handler: async (request, reply) => {
      const scope = scopeOfRequest(request, subtree);
      return reachesAll(scope) ? answer(reply, await security.allowExport(scope.principal, request.params.id)) : refuseWith(reply, 'AUTH_FORBIDDEN');
    },
  });
  app.post('/api/v1/guarded-exports/:id/take', {
    config: { policy: 'operate', accepts: JSON_BODY },
    schema: { tags, summary: 'Take an allowed export, once, as CSV', params: One, body: Done, response: { ...rawAnswer('CSV'), ...refusals(400, 401, 403, 404, 409) } },
    handler: async (request, reply) => {
      const scope = scopeOfRequest(request, subtree);
      const taken = reachesAll(scope) ? await security.takeExport(scope.principal, request.params.id) : undefined;
      if (!taken) return refuseWith(reply, 'AUTH_FORBIDDEN');
      if (!taken.ok) return refuse(reply, taken.fault);
      const file = csvOf({ title: request.params.id, ...taken.value }, 'vi');
      return reply.headers({ ...fresh, 'content-disposition': `attachment; filename="${request.params.id}.csv"` }).type(file.contentType).send(file.body);
    },
  });

  app.get('/api/v1/audit/readings.csv', {
    config: { policy: 'audit' },
    schema: { tags, summary: 'Who read which personal record and watched which camera, for the notice of a breach', querystring: Closed({ from: Type.Optional(EpochMs), to: Type.Optional(EpochMs), object: Type.Optional(Id) }), response: { ...rawAnswer('CSV'), ...refusals(400, 401, 403) } },
    handler: async (request, reply) => {
      if (!reachesAll(scopeOfRequest(request, subtree))) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const { to = clock.realNow() + DAY_MS, from = to - 31 * DAY_MS, object } = request.query;
      const readings = await security.readings(from, to, object);
      const file = csvOf({ title: 'readings', header: ['Thời điểm', 'Mã người xem', 'Người xem', 'Việc', 'Bản ghi'], rows: readings.map(({ at, actor, name, act, object: seen }) => [localTime(at), actor, name, act, seen]) }, 'vi');
      return reply.headers({ ...fresh, 'content-disposition': 'attachment; filename="nguoi-da-xem.csv"' }).type(file.contentType).send(file.body);
    },
  });

  const whole = { config: { policy: 'administer' as const } };
  const changing = { config: { policy: 'administer' as const, accepts: JSON_BODY } };
  app.get('/api/v1/security', { ...whole, schema: { tags, summary: 'How this installation is protected', response: { 200: SecurityState, ...refusals(401, 403) } }, handler: async (_request, reply) => reply.headers(fresh).send(await security.state()) });
  app.get('/api/v1/security/settings', { ...whole, schema: { tags, summary: 'What was decided about sign-in, keeping and reporting', response: { 200: SecuritySettings, ...refusals(401, 403) } }, handler: async (_request, reply) => reply.headers(fresh).send(await security.settings()) });
  app.put('/api/v1/security/settings', {
    ...changing,
    schema: { tags, summary: 'Decide anew', body: SecuritySettings, response: { 200: SecuritySettings, ...refusals(400, 401, 403) } },
    handler: async (request, reply) => {
      const scope = scopeOfRequest(request, subtree);
      if (!reachesAll(scope)) return refuseWith(reply, 'AUTH_FORBIDDEN');
      await security.change(scope.principal, request.body);
      return reply.send(request.body);
    },
  });
  app.get('/api/v1/security/sign-in-service', { ...whole, schema: { tags, summary: 'The sign-in service, without its secret', response: { 200: Closed({ service: Type.Union([SignInService, Type.Null()]) }), ...refusals(401, 403) } }, handler: async (_request, reply) => reply.headers(fresh).send({ service: (await security.service()) ?? null }) });
  app.put('/api/v1/security/sign-in-service', {
    ...changing,
    schema: { tags, summary: 'Set the sign-in service and which of its groups holds which rights', body: SignInService, response: { 200: Done, ...refusals(400, 401, 403) } },
    handler: async (request, reply) => {
      const scope = scopeOfRequest(request, subtree);
      if (!reachesAll(scope)) return refuseWith(reply, 'AUTH_FORBIDDEN');
      await security.changeService(scope.principal, request.body);
      return reply.send({});
    },
  });
  for (const format of ['docx', 'pdf'] as const) {
    app.get(`/api/v1/security/dossier.${format}`, {
      ...whole,
      schema: { tags, summary: `Technical annex of the level dossier, from the configuration that runs, as ${format.toUpperCase()}`, response: { ...rawAnswer('the file'), ...refusals(401, 403) } },
      handler: async (request, reply) => {
        if (!reachesAll(scopeOfRequest(request, subtree))) return refuseWith(reply, 'AUTH_FORBIDDEN');
        const { name, contentType, body } = await dossier.print(format);
        return reply.headers({ ...fresh, 'content-disposition': `attachment; filename="${name}"` }).type(contentType).send(body);
      },
    });
  }
  app.get('/api/v1/security/purges', { ...whole, schema: { tags, summary: 'Proofs of what was removed', response: { 200: Closed({ items: Type.Array(PurgeReceipt) }), ...refusals(401, 403) } }, handler: async (_request, reply) => reply.headers(fresh).send({ items: await security.receipts() }) });
  app.get('/api/v1/security/purges/preview', { ...whole, schema: { tags, summary: 'How much is past its keeping; nothing is removed', response: { 200: PurgePreview, ...refusals(401, 403) } }, handler: async (_request, reply) => reply.headers(fresh).send(await security.purgePreview()) });
  app.post('/api/v1/security/purges', {
    ...changing,
    schema: { tags, summary: 'Remove now what is past its keeping, and say why', body: Closed({ reason: Line(500) }), response: { 200: Closed({ items: Type.Array(PurgeReceipt) }), ...refusals(400, 401, 403, 422) } },
    handler: async (request, reply) => {
      const scope = scopeOfRequest(request, subtree);
      if (!reachesAll(scope)) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const reason = request.body.reason.trim();
      return reason === '' ? refuseWith(reply, 'STATE_REASON', { pointer: '/reason' }) : reply.send({ items: await security.purge(scope.principal, reason) });
    },
  });
  app.get('/api/v1/security/purges/:id/receipt.pdf', {
    ...whole,
    schema: { tags, summary: 'One proof as a paper', params: One, response: { ...rawAnswer('the file'), ...refusals(401, 403, 404) } },
    handler: async (request, reply) => {
      if (!reachesAll(scopeOfRequest(request, subtree))) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const receipt = await security.receipt(request.params.id);
      if (!receipt) return refuseWith(reply, 'NOT_FOUND');
      const { name, contentType, body } = await dossier.receipt(receipt);
      return reply.headers({ ...fresh, 'content-disposition': `attachment; filename="${name}"` }).type(contentType).send(body);
    },
  });
}
