import type { IncomingMessage } from 'node:http';
import { CONTRACT_VERSION } from '#contract/version.ts';
import type { HandshakeReason } from '#contract/events.ts';
import type { Parties } from './parties.ts';
import type { Party } from './wire.ts';

const COOKIE = '__Host-ioc';
/** What browsers keep for a paired wall on a network without TLS, where they drop `__Host-` cookies. */
const WALL_COOKIE = 'ioc-wall';

/** True when the request comes from no browser or from a page of this server. */
export function isSameOrigin(headers: IncomingMessage['headers']): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  return new URL(origin).host === host;
}

/** The session token of a cookie header. */
export function cookieToken(header: string | undefined, cookie = COOKIE): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [name, ...value] = part.trim().split('=');
    if (name === cookie) return value.join('=');
  }
  return undefined;
}

/** Lets a socket in or says why not, from a closed list. A build is compared only when both sides name one. */
export async function judgeHandshake(
  auth: Record<string, unknown>,
  cookie: string | undefined,
  server: { build: string; parties: Pick<Parties, 'open'>; isStopping(): boolean },
): Promise<{ party: Party } | { reason: HandshakeReason }> {
  if (server.isStopping()) return { reason: 'stopping' };
  if (auth.contract !== CONTRACT_VERSION) return { reason: 'contract' };
  if (auth.build !== undefined && auth.build !== server.build) return { reason: 'build' };
  const own = typeof auth.token === 'string' ? auth.token : cookieToken(cookie);
  const token = own ?? cookieToken(cookie, WALL_COOKIE);
  if (!token || token.length > 500) return { reason: 'auth' };
  const party = await server.parties.open(token);
  return party && (own !== undefined || party.principal.kind === 'wall-device') ? { party } : { reason: 'auth' };
}
