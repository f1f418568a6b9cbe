import Type from 'typebox';
import { Closed, EpochMs, Id, Nullable, UnitCode } from '#contract/base.ts';
import { Role } from '#contract/roles.ts';
import { DataClass } from '#contract/security.ts';
import { isWithinReach, reachesAll } from '../../domain/account/reach.ts';
import { answer, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const Key = Closed({
  id: Type.String(),
  name: Type.String(),
  source: Type.String(),
  topics: Nullable(Type.Array(Type.String())),
  createdAt: EpochMs,
  lastUsedAt: Nullable(EpochMs),
  revokedAt: Nullable(EpochMs),
});
const Line = Closed({ n: Type.Integer(), at: EpochMs, actor: Type.String(), action: Type.String(), object: Type.String() });
const AuditQuery = Closed({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  cursor: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
  actor: Type.Optional(Type.String({ maxLength: 100 })),
  action: Type.Optional(Type.String({ maxLength: 60 })),
});
const PAGE = 100;

export function administrationRoutes(app: App, { accounts, administration, subtree }: RouteDeps): void {
  app.post('/api/v1/users/:id/grants', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: {
      tags: ['accounts'],
      summary: 'New roles and units of an account; its sessions end',
      params: Closed({ id: Id }),
      body: Closed({ roles: Type.Array(Role, { minItems: 1, maxItems: 8 }), units: Nullable(Type.Array(UnitCode, { maxItems: 50 })), dataClass: Type.Optional(DataClass), expiresAt: Type.Optional(Nullable(EpochMs)) }),
      response: { 200: Closed({}), ...refusals(400, 401, 403, 404, 409) },
    },
    handler: async (request, reply) => {
      const scope = scopeOfRequest(request, subtree);
      const target = (await accounts.listAccounts()).find(({ id }) => id === request.params.id);
      if (!target || !isWithinReach(scope, target.units)) return refuseWith(reply, 'NOT_FOUND');
      if (!isWithinReach(scope, request.body.units)) return refuseWith(reply, 'AUTH_FORBIDDEN', { pointer: '/units' });
      const outcome = await administration.setGrants(request.params.id, request.body, request.principal?.id ?? '');
      return answer(reply, outcome.ok ? { ok: true, value: {} } : outcome);
    },
  });

  app.get('/api/v1/keys', {
    config: { policy: 'administer' },
    schema: { tags: ['accounts'], summary: 'Ingest keys, without their secrets', response: { 200: Closed({ items: Type.Array(Key), next: Type.Null() }), ...refusals(401, 403) } },
    handler: async (request, reply) => {
      if (!reachesAll(scopeOfRequest(request, subtree))) return refuseWith(reply, 'AUTH_FORBIDDEN');
      return reply.header('cache-control', 'no-store').send({ items: await administration.listKeys(), next: null });
    },
  });

  app.post('/api/v1/keys/:id/revoke', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: { tags: ['accounts'], summary: 'End an ingest key at once', params: Closed({ id: Id }), body: Closed({}), response: { 200: Closed({}), ...refusals(400, 401, 403, 404) } },
    handler: async (request, reply) => {
      if (!reachesAll(scopeOfRequest(request, subtree))) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const outcome = await administration.revokeKey(request.params.id, request.principal?.id ?? '');
      return answer(reply, outcome.ok ? { ok: true, value: {} } : outcome);
    },
  });

  app.get('/api/v1/audit', {
    config: { policy: 'audit' },
    schema: {
      tags: ['accounts'],
      summary: 'Who did what to which thing, newest first',
      querystring: AuditQuery,
      response: { 200: Closed({ items: Type.Array(Line), next: Nullable(Type.String()) }), ...refusals(400, 401, 403) },
    },
    handler: async (request, reply) => {
      const { limit = PAGE, cursor, actor, action } = request.query;
      if (!reachesAll(scopeOfRequest(request, subtree))) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const items = await administration.listAudit({ limit, before: cursor === undefined ? undefined : Number(cursor), actor, action });
      return reply.header('cache-control', 'no-store').send({ items, next: items.length === limit ? String(items.at(-1)!.n) : null });
    },
  });

  app.get('/api/v1/audit/:id', {
    config: { policy: 'audit' },
    schema: { tags: ['accounts'], summary: 'One line of the audit log by its number', params: Closed({ id: Type.String({ pattern: '^\\d{1,15}$' }) }), response: { 200: Line, ...refusals(400, 401, 403, 404) } },
    handler: async (request, reply) => {
      if (!reachesAll(scopeOfRequest(request, subtree))) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const n = Number(request.params.id);
      const [line] = await administration.listAudit({ limit: 1, before: n + 1 });
      return line?.n === n ? reply.send(line) : refuseWith(reply, 'NOT_FOUND');
    },
  });

  app.get('/api/v1/audit/verify', {
    config: { policy: 'audit' },
    schema: { tags: ['accounts'], summary: 'Whether the chain of audit lines holds', response: { 200: Closed({ ok: Type.Boolean(), lines: Type.Integer(), firstBad: Type.Optional(Type.Integer()) }), ...refusals(401, 403) } },
    handler: async (request, reply) => {
      if (!reachesAll(scopeOfRequest(request, subtree))) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const { ok, lines, firstBad } = await administration.verifyAudit();
      return reply.send({ ok, lines, ...(firstBad === undefined ? {} : { firstBad }) });
    },
  });
}
