import Type from 'typebox';
import { Closed } from '#contract/base.ts';
import { LogAnswer } from '#contract/http.ts';
import { LOGGED_TOPICS, type LoggedTopic } from '#contract/topics.ts';
import { answer, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const PAGE = 500;
const Query = Closed({
  topic: Type.Optional(Type.String({ minLength: 1, maxLength: 400, description: 'names, separated by commas; none = all' })),
  after: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]{8,64}:\\d{1,15}$', description: 'EPOCH:SEQ' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});

const isLogged = (name: string): name is LoggedTopic => (LOGGED_TOPICS as string[]).includes(name);

function cursorOf(after: string | undefined): { epoch: string; seq: number } | null {
  if (after === undefined) return null;
  const colon = after.lastIndexOf(':');
  return { epoch: after.slice(0, colon), seq: Number(after.slice(colon + 1)) };
}

export function logRoutes(app: App, { log, subtree }: RouteDeps): void {
  app.get('/api/v1/log', {
    config: { policy: 'wall' },
    schema: { tags: ['log'], summary: 'Entries of the log in order', querystring: Query, response: { 200: LogAnswer, ...refusals(400, 401, 403, 409, 503) } },
    handler: async (request, reply) => {
      const { topic, after, limit = PAGE } = request.query;
      const named = topic?.split(',') ?? null;
      const topics = named?.filter(isLogged) ?? null;
      if (named && topics?.length !== named.length) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/topic' });
      reply.header('cache-control', 'no-store');
      return answer(reply, await log.read({ topics, after: cursorOf(after), limit, scope: scopeOfRequest(request, subtree) }));
    },
  });
}
