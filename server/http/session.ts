import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '#contract/roles.ts';
import type { AccountsPort, OpenSession } from '../domain/ports/accounts.ts';
import type { Source } from '../domain/ports/door.ts';
import type { HttpConfig } from './deps.ts';
import { isTlsRequest } from './peer.ts';

export const SESSION_COOKIE = '__Host-ioc';
/** A paired wall on a network without TLS: browsers drop `__Host-` cookies there. Good for nothing but reading. */
export const WALL_COOKIE = 'ioc-wall';

const WALL_COOKIE_AGE_S = 400 * 86_400;
const BEARER = /^Bearer (ioc_[A-Za-z0-9]{1,40}_[A-Za-z0-9]{1,200})$/;

/** What a request shows to say who it is: a key that is not good is told apart from none at all. */
export type Presented =
  | { kind: 'nobody' }
  | { kind: 'bad-key' }
  | { kind: 'party'; principal: Principal; source?: Source; token?: string; expiresAt?: number };

async function partyOfKey(accounts: AccountsPort, authorization: string, address: string): Promise<Presented> {
  const bearer = BEARER.exec(authorization)?.[1];
  const source = bearer === undefined ? undefined : await accounts.sourceOf(bearer, address);
  if (!source) return { kind: 'bad-key' };
  return { kind: 'party', source, principal: { kind: 'ingest-key', id: source.id, name: source.name, roles: [], units: [] } };
}

/** The party behind a request. A key, when there is one, speaks alone. */
export async function partyOf(request: FastifyRequest, accounts: AccountsPort, config: HttpConfig): Promise<Presented> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return partyOfKey(accounts, authorization, request.ip);
  const token = request.cookies[SESSION_COOKIE];
  if (token) {
    const found = await accounts.principalOf(token);
    return found ? { kind: 'party', token, ...found } : { kind: 'nobody' };
  }
  const wallToken = config.allowHttp && !isTlsRequest(request) ? request.cookies[WALL_COOKIE] : undefined;
  const wall = wallToken ? await accounts.principalOf(wallToken) : undefined;
  return wallToken && wall?.principal.kind === 'wall-device' ? { kind: 'party', token: wallToken, ...wall } : { kind: 'nobody' };
}

/** Hands a session to the browser. A wall's outlives a restart of its PC; a person's ends with the browser. */
export function putSession(request: FastifyRequest, reply: FastifyReply, session: OpenSession, config: HttpConfig): void {
  const attributes = { path: '/', httpOnly: true, sameSite: 'strict' as const };
  const isWall = session.principal.kind === 'wall-device';
  const age = isWall ? { maxAge: WALL_COOKIE_AGE_S } : {};
  reply.setCookie(SESSION_COOKIE, session.token, { ...attributes, secure: true, ...age });
  if (isWall && config.allowHttp && !isTlsRequest(request)) reply.setCookie(WALL_COOKIE, session.token, { ...attributes, ...age });
}

export function dropSession(reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, { path: '/', httpOnly: true, sameSite: 'strict', secure: true });
  reply.clearCookie(WALL_COOKIE, { path: '/', httpOnly: true, sameSite: 'strict' });
}
