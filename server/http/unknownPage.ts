import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';

const FOR_MACHINES = /^\/(api|media|tiles|geo|live|open311|assets|metrics|healthz|readyz)(\/|$)/;

/** A person's browser at an address that is nobody's: it is told so in a page, not in JSON. */
export function isPersonAstray(request: FastifyRequest, clientFolder: string): boolean {
  const path = request.url.split('?')[0] ?? '';
  const isNavigation = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
  return isNavigation && !FOR_MACHINES.test(path) && existsSync(join(clientFolder, 'index.html'));
}
