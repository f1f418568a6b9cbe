import { readFileSync } from 'node:fs';
import { documentOf } from '../docs/document.ts';
import { pageOf } from '../docs/page.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

/** The interface, for programs and for people; both offline and from the same schemas that run. */
export function documentationRoutes(app: App, { clock }: RouteDeps): void {
  const sheet = readFileSync(new URL('../docs/docs.css', import.meta.url));

  app.get('/api/v1/openapi.json', {
    config: { policy: 'public' },
    schema: { hide: true },
    handler: async (_request, reply) => reply.header('cache-control', 'no-cache').send(documentOf(app.swagger(), clock.now())),
  });

  app.get('/api/docs', {
    config: { policy: 'public' },
    schema: { hide: true },
    handler: async (request, reply) => {
      const origin = `${request.protocol}://${request.headers.host ?? 'localhost'}`;
      return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(pageOf(documentOf(app.swagger(), clock.now()), origin, clock.now()));
    },
  });

  app.get('/api/docs/docs.css', {
    config: { policy: 'public' },
    schema: { hide: true },
    handler: async (_request, reply) => reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(sheet),
  });
}
