import { createHash, randomBytes } from 'node:crypto';
import * as oidc from 'openid-client';
import Type from 'typebox';
import type { Role } from '#contract/roles.ts';
import type { SignInService } from '#contract/security.ts';
import { refuse, refuseWith } from '../faults.ts';
import { isLoopbackHost, isTlsRequest } from '../peer.ts';
import { putSession } from '../session.ts';
import type { App } from '../types.ts';
import type { FastifyRequest } from 'fastify';
import type { RouteDeps } from './index.ts';

const WAY_COOKIE = 'ioc-way';
const WAY_MS = 10 * 60_000;
const MOST_WAYS = 2000;

/** What must come back unchanged from the sign-in service. */
interface Way {
  verifier: string;
  nonce: string;
  redirectUri: string;
  browser: string;
  until: number;
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Rights that the groups of a person hold together; undefined when no group is known here. */
export function rightsOfGroups(groups: readonly string[], grants: SignInService['grants']): { roles: Role[]; units: string[] | null } | undefined {
  const held = grants.filter(({ group }) => groups.includes(group));
  if (held.length === 0) return undefined;
  const roles = [...new Set(held.flatMap((grant) => grant.roles))];
  const units = held.some((grant) => grant.units === null) ? null : [...new Set(held.flatMap((grant) => grant.units ?? []))];
  return { roles, units };
}

/** Signing in through an OpenID Connect service: code flow with PKCE, state and nonce, bound to the browser that began. */
export function signInServiceRoutes(app: App, { security, clock, config, logger }: RouteDeps): void {
  const ways = new Map<string, Way>();

  const discover = (service: SignInService) => {
    const issuer = new URL(service.issuer);
    const isHere = issuer.protocol === 'http:' && isLoopbackHost(issuer.hostname);
    return oidc.discovery(issuer, service.clientId, service.clientSecret, undefined, isHere ? { execute: [oidc.allowInsecureRequests] } : {});
  };
  const originOf = (request: FastifyRequest) => `${isTlsRequest(request) || request.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'}://${request.headers.host ?? 'localhost'}`;
  const forgetOld = () => {
    for (const [state, way] of ways) if (way.until <= clock.realNow() || ways.size > MOST_WAYS) ways.delete(state);
  };

  app.get('/api/v1/session/service', {
    config: { policy: 'public' },
    schema: { tags: ['session'], summary: 'Whether people may sign in through a service, and its name', response: { 200: Type.Object({ name: Type.Union([Type.String(), Type.Null()]) }) } },
    handler: async (_request, reply) => {
      const service = await security.service();
      return reply.header('cache-control', 'no-store').send({ name: service?.isOn ? service.name : null });
    },
  });

  app.get('/api/v1/session/service/start', {
    config: { policy: 'public', rateLimit: { max: 60, timeWindow: 60_000 } },
    schema: { hide: true },
    handler: async (request, reply) => {
      const service = await security.serviceWithSecret();
      if (!service?.isOn) return refuseWith(reply, 'NOT_FOUND');
      try {
        const found = await discover(service);
        const way: Way = { verifier: oidc.randomPKCECodeVerifier(), nonce: oidc.randomNonce(), redirectUri: `${originOf(request)}/api/v1/session/service/back`, browser: randomBytes(32).toString('base64url'), until: clock.realNow() + WAY_MS };
        const state = oidc.randomState();
        forgetOld();
        ways.set(state, { ...way, browser: hashOf(way.browser) });
        const target = oidc.buildAuthorizationUrl(found, {
          redirect_uri: way.redirectUri, scope: 'openid profile email', state, nonce: way.nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(way.verifier), code_challenge_method: 'S256',
        });
        reply.setCookie(WAY_COOKIE, way.browser, { path: '/api/v1/session/service', httpOnly: true, sameSite: 'lax', secure: isTlsRequest(request), maxAge: WAY_MS / 1000 });
        return reply.header('cache-control', 'no-store').redirect(target.href, 303);
      } catch (error) {
        logger.warn({ error: String(error) }, 'the sign-in service did not answer');
        return refuseWith(reply, 'AUTH_SERVICE');
      }
    },
  });

  app.get('/api/v1/session/service/back', {
    config: { policy: 'public', rateLimit: { max: 60, timeWindow: 60_000 } },
    schema: { hide: true },
    handler: async (request, reply) => {
      const current = new URL(request.url, originOf(request));
      const state = current.searchParams.get('state') ?? '';
      const way = ways.get(state);
      ways.delete(state);
      reply.clearCookie(WAY_COOKIE, { path: '/api/v1/session/service' });
      const service = await security.serviceWithSecret();
      const isSameBrowser = way !== undefined && hashOf(request.cookies[WAY_COOKIE] ?? '') === way.browser;
      if (!service?.isOn || !way || !isSameBrowser || way.until <= clock.realNow()) return refuseWith(reply, 'AUTH_SERVICE');
      try {
        const tokens = await oidc.authorizationCodeGrant(await discover(service), current, { pkceCodeVerifier: way.verifier, expectedNonce: way.nonce, expectedState: state, idTokenExpected: true });
        const claims = tokens.claims();
        const held = claims?.[service.groupsClaim];
        const groups = Array.isArray(held) ? held.filter((group): group is string => typeof group === 'string') : [];
        const rights = rightsOfGroups(groups, service.grants);
        if (!claims || !rights) return refuseWith(reply, 'AUTH_SERVICE');
        const said = typeof claims['preferred_username'] === 'string' ? claims['preferred_username'] : claims.sub;
        const user = `${said.normalize('NFKD').toLowerCase().replace(/[^a-z0-9._@-]/g, '').slice(0, 60)}@${new URL(service.issuer).hostname}`;
        const name = typeof claims['name'] === 'string' ? claims['name'].slice(0, 200) : said.slice(0, 200);
        const opened = await security.enter({ outsideId: hashOf(JSON.stringify([service.issuer, claims.sub])), user, name, ...rights }, request.ip);
        if (!opened.ok) return refuse(reply, opened.fault);
        putSession(request, reply, opened.value, config);
        return reply.header('cache-control', 'no-store').redirect('/', 303);
      } catch (error) {
        logger.warn({ error: String(error) }, 'signing in through the service was refused');
        return refuseWith(reply, 'AUTH_SERVICE');
      }
    },
  });
}
