import Type from 'typebox';
import { Closed, Id, Nullable } from '#contract/base.ts';
import { Notice, NoticeChannel, NoticeReceipt, NoticeWish, QuietHours } from '#contract/notice.ts';
import { answer } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const RECEIPTS = { alerts: 'alert', 'handling-requests': 'handling-request' } as const;

export function noticeRoutes(app: App, { notices, subtree }: RouteDeps): void {
  const me = (request: Parameters<typeof scopeOfRequest>[0]) => scopeOfRequest(request, subtree).principal.id;

  app.get('/api/v1/notices', {
    config: { policy: 'staff' },
    schema: {
      tags: ['notices'], summary: 'What this person was told, newest first',
      querystring: Closed({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }),
      response: { 200: Closed({ items: Type.Array(Notice), unread: Type.Integer() }), ...refusals(400, 401, 403, 503) },
    },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await notices.list(me(request), request.query.limit ?? 30)),
  });

  app.post('/api/v1/notices/:id/read', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags: ['notices'], summary: 'Confirm that it was read: the receipt', params: Closed({ id: Id }), body: Closed({}), response: { 200: Notice, ...refusals(400, 401, 403, 404, 415, 503) } },
    handler: async (request, reply) => answer(reply, await notices.read(me(request), request.params.id)),
  });

  app.post('/api/v1/notices/read', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags: ['notices'], summary: 'Confirm that all were read', body: Closed({}), response: { 200: Closed({}), ...refusals(400, 401, 403, 415, 503) } },
    handler: async (request, reply) => {
      const done = await notices.readAll(me(request));
      return answer(reply, done.ok ? { ok: true, value: {} } : done);
    },
  });

  app.get('/api/v1/notices/wish', {
    config: { policy: 'staff' },
    schema: { tags: ['notices'], summary: 'How this person wants to be told, and the ways there are', response: { 200: Closed({ wish: NoticeWish, channels: Type.Array(NoticeChannel), houseQuiet: Nullable(QuietHours) }), ...refusals(401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await notices.wish(me(request))),
  });

  app.put('/api/v1/notices/wish', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags: ['notices'], summary: 'Say how to be told', body: NoticeWish, response: { 200: NoticeWish, ...refusals(400, 401, 403, 404, 415, 503) } },
    handler: async (request, reply) => answer(reply, await notices.setWish(me(request), request.body)),
  });

  for (const [name, topic] of Object.entries(RECEIPTS) as [keyof typeof RECEIPTS, (typeof RECEIPTS)[keyof typeof RECEIPTS]][]) {
    app.get(`/api/v1/${name}/:id/receipts`, {
      config: { policy: 'operate' },
      schema: { tags: ['notices'], summary: `Who was told about one of ${name}, and whether it arrived and was read`, params: Closed({ id: Id }), response: { 200: Closed({ items: Type.Array(NoticeReceipt) }), ...refusals(401, 403, 404, 503) } },
      handler: async (request, reply) => {
        const found = await notices.receipts(scopeOfRequest(request, subtree), topic, request.params.id);
        return answer(reply.header('cache-control', 'no-store'), found.ok ? { ok: true, value: { items: found.value } } : found);
      },
    });
  }
}
