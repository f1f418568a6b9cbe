import { CertificateCheck, CertificateFiles, CertificateState } from '#contract/certificate.ts';
import { reachesAll } from '../../domain/account/reach.ts';
import { answer, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const AT = '/api/v1/security/certificate';
const tags = ['security'];

/** Own certificate files of the authority that runs this server. */
export function certificateRoutes(app: App, { certificates, subtree }: RouteDeps): void {
  const config = { policy: 'administer' as const };
  const fresh = { 'cache-control': 'no-store' };
  const actorOf = (request: Parameters<typeof scopeOfRequest>[0]) => {
    const scope = scopeOfRequest(request, subtree);
    return reachesAll(scope) ? scope.principal : undefined;
  };

  app.get(AT, {
    config,
    schema: { tags, summary: 'The certificate this server is served with; never its key', response: { 200: CertificateState, ...refusals(401, 403) } },
    handler: async (request, reply) => (actorOf(request) ? reply.headers(fresh).send(certificates.state()) : refuseWith(reply, 'AUTH_FORBIDDEN')),
  });
  app.post(`${AT}/check`, {
    config: { ...config, accepts: JSON_BODY },
    schema: { tags, summary: 'Judge certificate files; nothing is kept', body: CertificateFiles, response: { 200: CertificateCheck, ...refusals(400, 401, 403) } },
    handler: async (request, reply) => (actorOf(request) ? reply.headers(fresh).send(certificates.check(request.body, request.hostname)) : refuseWith(reply, 'AUTH_FORBIDDEN')),
  });
  app.put(AT, {
    config: { ...config, accepts: JSON_BODY },
    schema: { tags, summary: 'Take certificate files into use', body: CertificateFiles, response: { 200: CertificateState, ...refusals(400, 401, 403, 409, 422, 507) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      return actor ? answer(reply.headers(fresh), await certificates.keep(actor, request.body, request.hostname)) : refuseWith(reply, 'AUTH_FORBIDDEN');
    },
  });
  app.delete(AT, {
    config,
    schema: { tags, summary: 'Back to what was served before files were given', response: { 200: CertificateState, ...refusals(401, 403, 404) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      return actor ? answer(reply.headers(fresh), await certificates.drop(actor)) : refuseWith(reply, 'AUTH_FORBIDDEN');
    },
  });
}
