import Type from 'typebox';
import { Closed } from '#contract/base.ts';
import { answer } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { putSession } from '../session.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const WallName = Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9][a-z0-9-]*$' });
const Code = Type.String({ minLength: 8, maxLength: 9, pattern: '^[A-Za-z0-9-]+$' });
const Secret = Type.String({ minLength: 16, maxLength: 200, pattern: '^[A-Za-z0-9_-]+$' });
/** Room for every output of a large wall to ask at once, behind one address. */
const STARTS_PER_MINUTE = 120;
const POLLS_PER_MINUTE = 2400;

export function pairingRoutes(app: App, { accounts, config, walls }: RouteDeps): void {
  app.post('/api/v1/pairing', {
    config: { policy: 'public', accepts: JSON_BODY, rateLimit: { max: STARTS_PER_MINUTE, timeWindow: 60_000 } },
    schema: {
      tags: ['pairing'],
      summary: 'A wall output asks for a code to show',
      body: Closed({ wall: WallName }),
      response: { 200: Closed({ code: Type.String(), secret: Type.String() }), ...refusals(400, 403, 429) },
    },
    handler: async (request, reply) => reply.header('cache-control', 'no-store').send(await accounts.startPairing(request.body.wall)),
  });

  app.post('/api/v1/pairing/approve', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: {
      tags: ['pairing'],
      summary: 'An administrator types the code an output shows',
      body: Closed({ code: Code, wall: WallName }),
      response: { 200: Closed({}), ...refusals(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      const known = walls.current(request.body.wall);
      const outcome = known.ok ? await accounts.approvePairing(request.body.code.replaceAll('-', '').toUpperCase(), request.body.wall, request.principal?.id) : known;
      return answer(reply, outcome.ok ? { ok: true, value: {} } : outcome);
    },
  });

  app.post('/api/v1/pairing/finish', {
    config: { policy: 'public', accepts: JSON_BODY, rateLimit: { max: POLLS_PER_MINUTE, timeWindow: 60_000 } },
    schema: {
      tags: ['pairing'],
      summary: 'The output asks whether it was let in; sets the session cookie when it was',
      body: Closed({ secret: Secret }),
      response: {
        200: Closed({
          isPaired: Type.Boolean(),
          wall: Type.Optional(Type.String()),
          token: Type.Optional(Type.String({ description: 'for the socket handshake where cookies are dropped' })),
        }),
        ...refusals(400, 403, 429),
      },
    },
    handler: async (request, reply) => {
      const session = await accounts.finishPairing(request.body.secret);
      reply.header('cache-control', 'no-store');
      if (!session) return reply.send({ isPaired: false });
      putSession(request, reply, session, config);
      const { wall } = session.principal;
      return reply.send({ isPaired: true, ...(wall === undefined ? {} : { wall }), token: session.token });
    },
  });
}
