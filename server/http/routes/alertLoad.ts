import Type from 'typebox';
import { AlertLoad, AlertRows, TimelineEntry } from '#contract/alertBook.ts';
import { Closed, Id } from '#contract/base.ts';
import { answer } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const TIMELINES = { alerts: 'alert', feedback: 'feedback', 'handling-requests': 'handling-request' } as const;

export function alertLoadRoutes(app: App, { alertBook, subtree }: RouteDeps): void {
  app.get('/api/v1/alerts/groups', {
    config: { policy: 'staff' },
    schema: { tags: ['collections'], summary: 'Open alerts as rows: grouped by place, type and cause, each ĐỎ by itself', response: { 200: AlertRows, ...refusals(401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await alertBook.rows(scopeOfRequest(request, subtree))),
  });

  app.get('/api/v1/alerts/load', {
    config: { policy: 'staff' },
    schema: {
      tags: ['collections'],
      summary: 'Load of alerts on the operator: rate, flood time, stale, chattering, top ten, priorities',
      querystring: Closed({ hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 168 })) }),
      response: { 200: AlertLoad, ...refusals(400, 401, 403, 503) },
    },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await alertBook.load(scopeOfRequest(request, subtree), request.query.hours ?? 24)),
  });

  for (const [name, topic] of Object.entries(TIMELINES) as [keyof typeof TIMELINES, (typeof TIMELINES)[keyof typeof TIMELINES]][]) {
    app.get(`/api/v1/${name}/:id/timeline`, {
      config: { policy: 'staff' },
      schema: { tags: ['collections'], summary: `Life of one of ${name}: who did what, when, in which words`, params: Closed({ id: Id }), response: { 200: Closed({ items: Type.Array(TimelineEntry) }), ...refusals(401, 403, 404, 503) } },
      handler: async (request, reply) => {
        const found = await alertBook.timeline(scopeOfRequest(request, subtree), topic, request.params.id);
        return answer(reply.header('cache-control', 'no-store'), found.ok ? { ok: true, value: { items: found.value } } : found);
      },
    });
  }
}
