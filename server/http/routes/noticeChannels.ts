import Type from 'typebox';
import { Closed, Nullable } from '#contract/base.ts';
import { NoticeChannel, QuietHours } from '#contract/notice.ts';
import { ChannelBoard, ChannelState, ChannelTest, ChannelWritten } from '#contract/noticeChannel.ts';
import type { Principal } from '#contract/roles.ts';
import { reachesAll } from '../../domain/account/reach.ts';
import { answer, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const tags = ['notices'];
const params = Closed({ channel: NoticeChannel });
/** A test is a message to somebody: few are needed, many would be a nuisance. */
const TESTS = { max: 10, timeWindow: 60_000, groupId: 'channel-test' };

/** Ways out of the building: declared, tried, watched. They carry notices of every unit, so only an administrator of all may. */
export function noticeChannelRoutes(app: App, { noticeChannels, subtree }: RouteDeps): void {
  const config = { policy: 'administer' as const };
  const writing = { ...config, accepts: JSON_BODY };
  const actorOf = (request: Parameters<typeof scopeOfRequest>[0]): Principal | undefined => {
    const scope = scopeOfRequest(request, subtree);
    return reachesAll(scope) ? scope.principal : undefined;
  };

  app.get('/api/v1/notice-channels', {
    config,
    schema: { tags, summary: 'Ways out with what became of their messages; never their secrets', response: { 200: ChannelBoard, ...refusals(401, 403, 503) } },
    handler: async (request, reply) => (actorOf(request) ? answer(reply.header('cache-control', 'no-store'), await noticeChannels.board()) : refuseWith(reply, 'AUTH_FORBIDDEN')),
  });

  app.put('/api/v1/notice-channels/:channel', {
    config: writing,
    schema: { tags, summary: 'Declare a way out; it holds at once', params, body: ChannelWritten, response: { 200: ChannelState, ...refusals(400, 401, 403, 409, 415, 422, 503) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      return actor ? answer(reply, await noticeChannels.write(actor, request.params.channel, request.body)) : refuseWith(reply, 'AUTH_FORBIDDEN');
    },
  });

  app.delete('/api/v1/notice-channels/:channel', {
    config,
    schema: { tags, summary: 'Forget a way out and its secret', params, response: { 200: Closed({}), ...refusals(400, 401, 403, 404, 503) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      if (!actor) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const removed = await noticeChannels.remove(actor, request.params.channel);
      return answer(reply, removed.ok ? { ok: true, value: {} } : removed);
    },
  });

  app.post('/api/v1/notice-channels/:channel/test', {
    config: { ...writing, rateLimit: TESTS },
    schema: { tags, summary: 'Send one message and say what came of it', params, body: Closed({ to: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\s]+$' }) }), response: { 200: ChannelTest, ...refusals(400, 401, 403, 404, 415, 429, 503) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      return actor ? answer(reply, await noticeChannels.test(actor, request.params.channel, request.body.to)) : refuseWith(reply, 'AUTH_FORBIDDEN');
    },
  });

  app.put('/api/v1/notice-quiet', {
    config: writing,
    schema: { tags, summary: 'Quiet hours of whoever chose none of their own', body: Closed({ quiet: Nullable(QuietHours) }), response: { 200: Closed({}), ...refusals(400, 401, 403, 415, 503) } },
    handler: async (request, reply) => {
      const actor = actorOf(request);
      if (!actor) return refuseWith(reply, 'AUTH_FORBIDDEN');
      const set = await noticeChannels.setQuiet(actor, request.body.quiet);
      return answer(reply, set.ok ? { ok: true, value: {} } : set);
    },
  });
}
