import Type from 'typebox';
import { Closed } from '#contract/base.ts';
import { refuse, refuseWith } from '../faults.ts';
import { isLoopbackPeer } from '../peer.ts';
import { putSession } from '../session.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

/** The one-time link printed at start: from this machine straight to the desk. */
export function enterRoutes(app: App, { accounts, config }: RouteDeps): void {
  app.get('/enter/:token', {
    config: { policy: 'public' },
    exposeHeadRoute: false,
    schema: { hide: true, params: Closed({ token: Type.String({ minLength: 8, maxLength: 200, pattern: '^[A-Za-z0-9_-]+$' }) }) },
    handler: async (request, reply) => {
      if (!isLoopbackPeer(request)) return refuseWith(reply, 'AUTH_LINK');
      const opened = await accounts.useLink(request.params.token);
      if (!opened.ok) return refuse(reply, opened.fault);
      putSession(request, reply, opened.value, config);
      return reply.header('cache-control', 'no-store').redirect('/desk', 303);
    },
  });
}
