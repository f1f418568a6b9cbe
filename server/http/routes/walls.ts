import Type from 'typebox';
import { Closed, EpochMs } from '#contract/base.ts';
import { OutputHealth, Salvo, Scene, ScheduledWall, Tour, WallProfile } from '#contract/wall.ts';
import { LAYOUT_KINDS, publishedSchema, type LayoutKind } from '../../../layouts/schema.ts';
import { maskWall } from '../../domain/wall/maskWall.ts';
import { answer, refuseWith } from '../faults.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

/** Of no wall and nobody's: an editor of files asks for it without a session. */
const SchemaParams = Closed({ kind: Type.Union((Object.keys(LAYOUT_KINDS) as LayoutKind[]).map((kind) => Type.Literal(kind))) });
const Params = Closed({ id: Type.String({ minLength: 1, maxLength: 64 }) });

export function wallRoutes(app: App, { walls, subtree }: RouteDeps): void {
  const shelf = { walls: { of: () => walls.profiles(), schema: WallProfile }, scenes: { of: () => walls.scenes(), schema: Scene }, tours: { of: () => walls.tours(), schema: Tour }, salvos: { of: () => walls.salvos(), schema: Salvo } };
  for (const [name, { of, schema }] of Object.entries(shelf)) {
    app.get(`/api/v1/${name}`, {
      config: { policy: 'wall' },
      schema: { tags: ['walls'], summary: `List of ${name}`, response: { 200: Closed({ items: Type.Array(schema), next: Type.Null() }), ...refusals(401, 403) } },
      handler: async (_request, reply) => reply.header('cache-control', 'no-store').send({ items: of(), next: null } as never),
    });
    app.get(`/api/v1/${name}/:id`, {
      config: { policy: 'wall' },
      schema: { tags: ['walls'], summary: `One of ${name}`, params: Params, response: { 200: schema, ...refusals(401, 403, 404) } },
      handler: async (request, reply) => {
        const found = of().find(({ id }) => id === request.params.id);
        return found ? reply.header('cache-control', 'no-store').send(found as never) : refuseWith(reply, name === 'walls' ? 'WALL_UNKNOWN' : 'NOT_FOUND');
      },
    });
  }

  app.get('/api/v1/layout-schemas/:kind', {
    config: { policy: 'public' },
    schema: { tags: ['walls'], summary: 'JSON Schema of a kind of layout file, for editors that check while one types', params: SchemaParams, response: { ...rawAnswer('JSON Schema 2020-12'), ...refusals(404) } },
    handler: async (request, reply) => reply.header('cache-control', 'no-cache').type('application/schema+json').send(JSON.stringify(publishedSchema(request.params.kind))),
  });

  app.get('/api/v1/walls/:id/state', {
    config: { policy: 'wall' },
    schema: {
      tags: ['walls'],
      summary: 'What a wall shows, or showed at a moment of the past',
      params: Params,
      querystring: Closed({ at: Type.Optional(EpochMs) }),
      response: { 200: ScheduledWall, ...refusals(400, 401, 403, 404) },
    },
    handler: async (request, reply) => {
      const { at } = request.query;
      reply.header('cache-control', 'no-store');
      const found = at === undefined ? walls.current(request.params.id) : await walls.stateAt(request.params.id, at);
      return answer(reply, found.ok ? { ok: true, value: maskWall(found.value, scopeOfRequest(request, subtree)) } : found);
    },
  });

  app.get('/api/v1/outputs', {
    config: { policy: 'staff' },
    schema: { tags: ['walls'], summary: 'Health of every output', response: { 200: Closed({ items: Type.Array(OutputHealth), next: Type.Null() }), ...refusals(401, 403) } },
    handler: async (_request, reply) => reply.header('cache-control', 'no-store').send({ items: walls.outputs(), next: null }),
  });
}
