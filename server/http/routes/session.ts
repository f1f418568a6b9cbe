import { Closed } from '#contract/base.ts';
import { ChangePassword, Me, SignIn } from '#contract/http.ts';
import type { Principal } from '#contract/roles.ts';
import { refuse, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { isLoopbackPeer, isTlsRequest } from '../peer.ts';
import { dropSession, putSession } from '../session.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const describe = (principal: Principal, expiresAt: number): Me => ({
  id: principal.id,
  name: principal.name,
  roles: principal.roles,
  units: principal.units,
  mustChangePassword: principal.mustChangePassword ?? false,
  mustEnrolCode: principal.mustEnrolCode ?? false,
  hasCode: principal.hasCode ?? false,
  expiresAt,
});

export function sessionRoutes(app: App, { accounts, config }: RouteDeps): void {
  app.post('/api/v1/session', {
    config: { policy: 'public', accepts: JSON_BODY },
    schema: { tags: ['session'], summary: 'Sign in; sets the session cookie', body: SignIn, response: { 200: Me, ...refusals(400, 401, 403, 415, 429) } },
    handler: async (request, reply) => {
      if (!isTlsRequest(request) && !isLoopbackPeer(request) && request.headers['x-forwarded-proto'] !== 'https') return refuseWith(reply, 'AUTH_NEEDS_TLS');
      const opened = await accounts.signIn(request.body, request.ip);
      if (!opened.ok) return refuse(reply, opened.fault);
      putSession(request, reply, opened.value, config);
      return reply.header('cache-control', 'no-store').send(describe(opened.value.principal, opened.value.expiresAt));
    },
  });

  app.get('/api/v1/session', {
    config: { policy: 'public', isCurious: true },
    schema: { tags: ['session'], summary: 'Who I am', response: { 200: Me, ...refusals(401) } },
    handler: async (request, reply) => {
      if (!request.principal || !request.sessionToken) return refuseWith(reply, 'AUTH_REQUIRED');
      return reply.header('cache-control', 'no-store').send(describe(request.principal, request.sessionExpiresAt));
    },
  });

  app.delete('/api/v1/session', {
    config: { policy: 'public', isCurious: true },
    schema: { tags: ['session'], summary: 'Sign out', response: { 200: Closed({}), ...refusals(403) } },
    handler: async (request, reply) => {
      if (request.sessionToken) await accounts.signOut(request.sessionToken);
      dropSession(reply);
      return reply.header('clear-site-data', '"cache", "storage"').send({});
    },
  });

  app.post('/api/v1/session/password', {
    config: { policy: 'public', isCurious: true, accepts: JSON_BODY },
    schema: { tags: ['session'], summary: 'Change my password; every other session of mine ends', body: ChangePassword, response: { 200: Me, ...refusals(400, 401, 403, 422) } },
    handler: async (request, reply) => {
      if (request.principal?.kind !== 'person') return refuseWith(reply, 'AUTH_REQUIRED');
      const opened = await accounts.changePassword(request.principal, request.body.old, request.body.new);
      if (!opened.ok) return refuse(reply, opened.fault);
      putSession(request, reply, opened.value, config);
      return reply.header('cache-control', 'no-store').send(describe(opened.value.principal, opened.value.expiresAt));
    },
  });
}
