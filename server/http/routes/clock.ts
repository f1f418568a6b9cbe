import type { MovableClock } from '../../kernel/clock.ts';
import { ClockAnswer, MoveClock } from '#contract/http.ts';
import { refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

export function clockRoutes(app: App, { clock }: RouteDeps): void {
  const read = () => ({ at: clock.now(), rate: clock.rate(), isReal: clock.isReal() });

  app.get('/api/v1/clock', {
    config: { policy: 'wall' },
    schema: { tags: ['clock'], summary: 'The domain clock', response: { 200: ClockAnswer, ...refusals(401, 403) } },
    handler: async (_request, reply) => reply.header('cache-control', 'no-store').send(read()),
  });

  app.post('/api/v1/clock', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: { tags: ['clock'], summary: 'Move the domain clock forwards (test and rehearsal only)', body: MoveClock, response: { 200: ClockAnswer, ...refusals(400, 401, 403, 404, 422) } },
    handler: async (request, reply) => {
      if (clock.isReal() || !('move' in clock)) return refuseWith(reply, 'NOT_FOUND');
      return (clock as MovableClock).move(request.body) ? reply.send(read()) : refuseWith(reply, 'CLOCK_BACKWARDS');
    },
  });
}
