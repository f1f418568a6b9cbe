import type { FastifyRequest } from 'fastify';
import { scopeOf, type Scope, type Subtree } from '../domain/scope.ts';

/** What the party of a request may see. Fails: throws on a route that let nobody in particular through. */
export function scopeOfRequest(request: FastifyRequest, subtree: Subtree): Scope {
  if (!request.principal) throw new Error(`${request.routeOptions.url} reads without a party`);
  return scopeOf(request.principal, subtree);
}
