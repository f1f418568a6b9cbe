import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { Closed, EpochMs, Id, Line, Nullable, UnitCode } from '#contract/base.ts';
import { Role } from '#contract/roles.ts';
import { DataClass } from '#contract/security.ts';
import { isTopic, TOPICS } from '#contract/topics.ts';
import { isWithinReach, reachesAll } from '../../domain/account/reach.ts';
import { answer, refuse, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const Account = Closed({
  id: Type.String(),
  user: Type.String(),
  name: Type.String(),
  position: Type.String(),
  roles: Type.Array(Role),
  units: Nullable(Type.Array(Type.String())),
  disabled: Type.Boolean(),
  dataClass: DataClass,
  expiresAt: Nullable(EpochMs),
  hasCode: Type.Boolean(),
  isOutside: Type.Boolean(),
});
const NewAccount = Closed({
  user: Type.String({ minLength: 2, maxLength: 100, pattern: '^[a-z0-9][a-z0-9._@-]*$' }),
  name: Line(200),
  position: Line(200),
  roles: Type.Array(Role, { minItems: 1, maxItems: 8 }),
  units: Nullable(Type.Array(UnitCode, { maxItems: 50 })),
  password: Type.String({ minLength: 1, maxLength: 200 }),
  isTemporary: Type.Optional(Type.Boolean({ description: 'its owner must change the password at the first sign-in' })),
  dataClass: Type.Optional(DataClass),
  expiresAt: Type.Optional(Nullable(EpochMs)),
});
const NewKey = Closed({
  id: Type.String({ pattern: '^[a-z0-9]{1,16}$' }),
  name: Line(200),
  topics: Nullable(Type.Array(Type.String({ maxLength: 40 }), { maxItems: Object.keys(TOPICS).length })),
  provenance: Type.Union([Type.Literal('real'), Type.Literal('simulated'), Type.Literal('manual')]),
});

export function accountRoutes(app: App, { accounts, subtree }: RouteDeps): void {
  /** Accounts that the administrator who asks may touch. */
  const withinReach = async (request: FastifyRequest) => {
    const scope = scopeOfRequest(request, subtree);
    return (await accounts.listAccounts()).filter(({ units }) => isWithinReach(scope, units));
  };

  app.get('/api/v1/users', {
    config: { policy: 'administer' },
    schema: { tags: ['accounts'], summary: 'Accounts', response: { 200: Closed({ items: Type.Array(Account), next: Type.Null() }), ...refusals(401, 403) } },
    handler: async (request, reply) => reply.header('cache-control', 'no-store').send({ items: await withinReach(request), next: null }),
  });

  app.get('/api/v1/users/:id', {
    config: { policy: 'administer' },
    schema: { tags: ['accounts'], summary: 'One account', params: Closed({ id: Id }), response: { 200: Account, ...refusals(401, 403, 404) } },
    handler: async (request, reply) => {
      const account = (await withinReach(request)).find(({ id }) => id === request.params.id);
      return account ? reply.header('cache-control', 'no-store').send(account) : refuseWith(reply, 'NOT_FOUND');
    },
  });

  app.post('/api/v1/users', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: { tags: ['accounts'], summary: 'Make an account', body: NewAccount, response: { 201: Closed({ id: Type.String() }), ...refusals(400, 401, 403, 409, 422) } },
    handler: async (request, reply) => {
      if (!isWithinReach(scopeOfRequest(request, subtree), request.body.units)) return refuseWith(reply, 'AUTH_FORBIDDEN', { pointer: '/units' });
      const made = await accounts.createAccount(request.body, request.principal?.id);
      return made.ok ? reply.code(201).send({ id: made.value.id }) : refuse(reply, made.fault);
    },
  });

  app.post('/api/v1/users/:id/disabled', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: {
      tags: ['accounts'],
      summary: 'Close or reopen an account; its sessions and sockets end',
      params: Closed({ id: Id }),
      body: Closed({ isDisabled: Type.Boolean() }),
      response: { 200: Closed({}), ...refusals(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      if (!(await withinReach(request)).some(({ id }) => id === request.params.id)) return refuseWith(reply, 'NOT_FOUND');
      const outcome = await accounts.setDisabled(request.params.id, request.body.isDisabled, request.principal?.id);
      return answer(reply, outcome.ok ? { ok: true, value: {} } : outcome);
    },
  });

  app.post('/api/v1/users/:id/password', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: { tags: ['accounts'], summary: 'A new password for whoever forgot the old one; shown this once, changed at the first sign-in', params: Closed({ id: Id }), body: Closed({}), response: { 200: Closed({ password: Type.String() }), ...refusals(400, 401, 403, 404, 409) } },
    handler: async (request, reply) => {
      const account = (await withinReach(request)).find(({ id }) => id === request.params.id);
      if (!account || account.isOutside) return refuseWith(reply, 'NOT_FOUND');
      return answer(reply.header('cache-control', 'no-store'), await accounts.resetPassword(account.id, request.principal?.id));
    },
  });

  app.post('/api/v1/keys', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: {
      tags: ['accounts'],
      summary: 'Make an ingest key; its secret is shown this once',
      body: NewKey,
      response: { 201: Closed({ key: Type.String() }), ...refusals(400, 401, 403) },
    },
    handler: async (request, reply) => {
      if (!reachesAll(scopeOfRequest(request, subtree))) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const { id, name, topics, provenance } = request.body;
      const known = topics?.filter(isTopic) ?? null;
      if (known && known.length !== topics?.length) return refuseWith(reply, 'REQUEST_BODY', { pointer: '/topics' });
      const key = await accounts.createKey(name, { id, name, topics: known, provenance }, request.principal?.id);
      return reply.code(201).header('cache-control', 'no-store').send({ key });
    },
  });
}
