import { QualityAnswer } from '#contract/quality.ts';
import { answer } from '../faults.ts';
import { refusals } from '../openapi.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

/** Đúng, đủ, sạch, sống. */
export function qualityRoutes(app: App, { quality }: RouteDeps): void {
  app.get('/api/v1/quality', {
    config: { policy: 'wall' },
    schema: { tags: ['quality'], summary: 'Correct, complete, clean, live: every source and indicator, with the days before', response: { 200: QualityAnswer, ...refusals(401, 403, 503) } },
    handler: async (_request, reply) => answer(reply.header('cache-control', 'no-store'), await quality.read()),
  });
}
