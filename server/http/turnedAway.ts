import type { FastifyRequest } from 'fastify';
import type { FaultCode } from '#contract/faults.ts';
import type { Refusal } from '../domain/ports/refusals.ts';

/** Every page asks who is signed in before it shows anything. */
const WHO_AM_I = 'GET /api/v1/session';

/** What the audit log is told of a refused request, undefined when it says nothing of rights. Nobody's secrets are in a path of somebody signed in. */
export function refusalOf(request: FastifyRequest, code: FaultCode): Refusal | undefined {
  const { principal, method } = request;
  const route = `${method} ${request.routeOptions.url ?? '?'}`;
  if (code === 'AUTH_REQUIRED' && route === WHO_AM_I) return undefined;
  if (code === 'NOT_FOUND' && !(principal && route.includes('/:'))) return undefined;
  const door = principal ? `${method} ${request.url.split('?')[0]}` : route;
  return { actor: principal?.id ?? `address-${request.ip}`, isKnown: principal !== undefined, route, door, code };
}
