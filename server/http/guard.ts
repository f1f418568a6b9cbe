import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultCode } from '#contract/faults.ts';
import { passes } from '../domain/policy.ts';
import type { HttpDeps } from './deps.ts';
import { refuseWith } from './faults.ts';
import { isFromHere } from './origin.ts';
import { partyOf } from './session.ts';

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function takesBody(request: FastifyRequest): boolean {
  if (!hasBody(request) || request.method === 'GET' || request.method === 'HEAD') return true;
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return false;
  const mediaType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return mediaType !== undefined && (request.routeOptions.config.accepts ?? []).includes(mediaType);
}

/** Why a party that failed a policy failed it. */
function refusalOf(request: FastifyRequest, isBadKey: boolean): FaultCode {
  if (request.principal?.mustChangePassword) return 'AUTH_PASSWORD_CHANGE';
  if (request.principal?.mustEnrolCode) return 'AUTH_CODE_NEEDED';
  if (request.principal) return 'AUTH_FORBIDDEN';
  return isBadKey ? 'AUTH_KEY' : 'AUTH_REQUIRED';
}

/** What every request passes before its route: form of the body, where it comes from, who sends it, what they may do. */
export function createGuard({ accounts, config }: Pick<HttpDeps, 'accounts' | 'config'>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (request.is404) return undefined;
    if (!takesBody(request)) return refuseWith(reply, 'REQUEST_MEDIA_TYPE');
    if (!isFromHere(request.method, request.headers)) return refuseWith(reply, 'AUTH_ORIGIN');
    const { policy = 'audit', isCurious } = request.routeOptions.config;
    if (policy === 'public' && !isCurious) return undefined;
    const presented = await partyOf(request, accounts, config);
    if (presented.kind === 'party') {
      request.principal = presented.principal;
      request.source = presented.source;
      request.sessionToken = presented.token;
      request.sessionExpiresAt = presented.expiresAt ?? 0;
    }
    if (passes(policy, request.principal)) return undefined;
    return refuseWith(reply, refusalOf(request, presented.kind === 'bad-key'));
  };
}
