import Type from 'typebox';
import { Closed, EpochMs, Id } from '#contract/base.ts';
import type { Outcome } from '#contract/faults.ts';
import { Decision } from '#contract/decision.ts';
import { PastMoment, PastStretch, WallLogLine } from '#contract/past.ts';
import { Bookmark } from '#contract/replay.ts';
import { LOGGED_TOPICS, type LoggedTopic } from '#contract/topics.ts';
import { maskLogLine } from '../../domain/wall/maskWall.ts';
import { answer, refuse, refuseWith } from '../faults.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const LONGEST_STRETCH_MS = 6 * 3_600_000;
const LONGEST_BRIEFING_MS = 24 * 3_600_000;
const LOG_LINES = 200;
const Topics = Type.Optional(Type.String({ maxLength: 400, description: 'names, separated by commas; none = all' }));
const Which = { topics: Topics, wall: Type.Optional(Id) };

/** Names of logged topics; undefined when one of them is none. */
function topicsOf(text: string | undefined): LoggedTopic[] | undefined {
  if (text === undefined) return [...LOGGED_TOPICS];
  const names = text.split(',').filter(Boolean);
  const topics = names.filter((name): name is LoggedTopic => (LOGGED_TOPICS as string[]).includes(name));
  return topics.length === names.length ? topics : undefined;
}

export function replayRoutes(app: App, { past, recordings, briefing, decisions, collections, subtree }: RouteDeps): void {
  app.get('/api/v1/replay/moment', {
    config: { policy: 'wall' },
    schema: { tags: ['replay'], summary: 'Everything as it was at a moment', querystring: Closed({ at: EpochMs, ...Which }), response: { 200: PastMoment, ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const { at, topics: named, wall = null } = request.query;
      const topics = topicsOf(named);
      if (!topics) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/topics' });
      return answer(reply.header('cache-control', 'no-store'), (await past.moment(at, { topics, wall, scope: scopeOfRequest(request, subtree) })) as never);
    },
  });

  app.get('/api/v1/replay/stretch', {
    config: { policy: 'wall' },
    schema: {
      tags: ['replay'],
      summary: 'What happened between two moments, to play it again',
      querystring: Closed({ after: Type.Integer({ minimum: 0 }), from: EpochMs, until: EpochMs, ...Which }),
      response: { 200: PastStretch, ...refusals(400, 401, 403, 503) },
    },
    handler: async (request, reply) => {
      const { after, from, until, topics: named, wall = null } = request.query;
      const topics = topicsOf(named);
      if (!topics) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/topics' });
      if (until < from || until - from > LONGEST_STRETCH_MS) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/until' });
      return answer(reply.header('cache-control', 'no-store'), (await past.stretch({ after, from, until }, { topics, wall, scope: scopeOfRequest(request, subtree) })) as never);
    },
  });

  for (const format of ['html', 'pdf'] as const) {
    app.get(`/api/v1/export/briefing.${format}`, {
      config: { policy: 'staff' },
      schema: {
        tags: ['export', 'replay'],
        summary: `A meeting in front of a wall as one ${format} file`,
        querystring: Closed({ wall: Id, from: EpochMs, until: EpochMs, run: Type.Optional(Id), lang: Type.Optional(Type.Union([Type.Literal('vi'), Type.Literal('en')])) }),
        response: { ...rawAnswer('the file'), ...refusals(400, 401, 403, 404, 503) },
      },
      handler: async (request, reply) => {
        const { wall, from, until, run, lang = 'vi' } = request.query;
        if (until < from || until - from > LONGEST_BRIEFING_MS) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/until' });
        const file = await briefing.make({ wall, from, until, run, language: lang, format }, scopeOfRequest(request, subtree));
        if (!file.ok) return refuse(reply, file.fault);
        return reply.headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${file.value.name}"` }).type(file.value.contentType).send(file.value.body);
      },
    });
  }

  app.get('/api/v1/walls/log', {
    config: { policy: 'wall' },
    schema: {
      tags: ['walls', 'replay'],
      summary: 'Who put what on the walls, when and why, newest first',
      querystring: Closed({ wall: Type.Optional(Id), from: Type.Optional(EpochMs), until: Type.Optional(EpochMs), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LOG_LINES })) }),
      response: { 200: Closed({ items: Type.Array(WallLogLine), next: Type.Null() }), ...refusals(400, 401, 403, 503) },
    },
    handler: async (request, reply) => {
      const { wall = null, from, until, limit = LOG_LINES } = request.query;
      const lines = await past.wallLog({ wall, from, until, limit });
      const scope = scopeOfRequest(request, subtree);
      return answer(reply.header('cache-control', 'no-store'), lines.ok ? itemsOf({ ok: true, value: lines.value.map((line) => maskLogLine(line, scope)) }) : lines);
    },
  });

  app.get('/api/v1/walls/:id/decisions', {
    config: { policy: 'staff' },
    schema: {
      tags: ['walls'],
      summary: 'Decisions taken in front of a wall, oldest first',
      params: Closed({ id: Id }),
      querystring: Closed({ from: EpochMs, until: EpochMs }),
      response: { 200: Closed({ items: Type.Array(Decision), next: Type.Null() }), ...refusals(400, 401, 403, 503) },
    },
    handler: async (request, reply) => {
      const { from, until } = request.query;
      if (until < from || until - from > LONGEST_BRIEFING_MS) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/until' });
      return answer(reply.header('cache-control', 'no-store'), itemsOf(await decisions.between(request.params.id, from, until, scopeOfRequest(request, subtree))));
    },
  });

  app.get('/api/v1/bookmarks', {
    config: { policy: 'staff' },
    schema: { tags: ['replay'], summary: 'Moments kept under a name', response: { 200: Closed({ items: Type.Array(Bookmark), next: Type.Null() }), ...refusals(401, 403, 503) } },
    handler: async (_request, reply) => answer(reply.header('cache-control', 'no-store'), itemsOf(await past.bookmarks())),
  });

  app.get('/api/v1/cameras/:id/recording', {
    config: { policy: 'wall' },
    schema: {
      tags: ['cameras', 'replay'],
      summary: 'Recorded footage of a moment, where there is some',
      params: Closed({ id: Id }),
      querystring: Closed({ at: EpochMs }),
      response: { 200: Closed({ url: Type.String(), startsAt: EpochMs, endsAt: EpochMs }), ...refusals(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      const seen = await collections.get('cameras', request.params.id, scopeOfRequest(request, subtree));
      if (!seen.ok) return refuse(reply, seen.fault);
      const found = await recordings.find(request.params.id, request.query.at);
      return found ? reply.header('cache-control', 'no-store').send(found) : refuseWith(reply, 'CAMERA_NO_RECORDING');
    },
  });
}

const itemsOf = <T>(outcome: Outcome<T[]>): Outcome<{ items: T[]; next: null }> => (outcome.ok ? { ok: true, value: { items: outcome.value, next: null } } : outcome);
