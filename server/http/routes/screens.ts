import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { refuseWith } from '../faults.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';
import screens from './screens.json' with { type: 'json' };

const IMMUTABLE = { maxAge: '365d', immutable: true };

/** The built client: pages by the names of the interface, files by what the build left in its folder, nothing else. */
export function screenRoutes(app: App, { clientFolder, certificates }: RouteDeps): void {
  const hidden = { schema: { hide: true }, config: { policy: 'public' as const } };

  for (const url of screens) {
    app.get(url, {
      ...hidden,
      handler: async (_request, reply) => {
        if (!existsSync(join(clientFolder, 'index.html'))) return refuseWith(reply, 'NOT_FOUND', { detail: 'the client is not built' });
        return reply.sendFile('index.html', { cacheControl: false }).header('cache-control', 'no-cache');
      },
    });
  }

  app.get('/assets/*', {
    ...hidden,
    handler: async (request, reply) => reply.sendFile(`assets/${(request.params as { '*': string })['*']}`, IMMUTABLE),
  });

  const entries = existsSync(clientFolder) ? readdirSync(clientFolder, { withFileTypes: true }) : [];
  const files = new Set(entries.filter((entry) => entry.isFile() && /^[A-Za-z0-9]/.test(entry.name) && entry.name !== 'index.html').map(({ name }) => name));
  for (const file of new Set([...files, 'sw.js'])) {
    app.get(`/${file}`, { ...hidden, handler: async (_request, reply) => reply.sendFile(file, { cacheControl: false }).header('cache-control', 'no-cache') });
  }

  app.get('/system/ca.crt', {
    ...hidden,
    handler: async (_request, reply) => {
      const root = certificates.localRoot();
      if (root === undefined) return refuseWith(reply, 'NOT_FOUND');
      return reply.type('application/x-x509-ca-cert').header('content-disposition', 'attachment; filename="toan-canh-ca.crt"').send(root);
    },
  });
}
