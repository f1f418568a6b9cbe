import type { FastifyRequest } from 'fastify';
import { faultOf, type Fault } from '#contract/faults.ts';
import type { HttpDeps } from './deps.ts';
import { scopeOfRequest } from './scope.ts';

/** Why who asks may not have pictures of a camera, undefined when they may: it is unknown to them, or its group is for others. */
export async function watchRefusal(request: FastifyRequest, camera: string, { collections, cameraRights, subtree }: Pick<HttpDeps, 'collections' | 'cameraRights' | 'subtree'>): Promise<Fault | undefined> {
  const scope = scopeOfRequest(request, subtree);
  const seen = await collections.get('cameras', camera, scope);
  if (!seen.ok) return seen.fault;
  return (await cameraRights.maySee(camera, scope)) ? undefined : faultOf('AUTH_FORBIDDEN');
}
