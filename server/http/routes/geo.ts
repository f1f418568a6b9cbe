import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { Closed } from '#contract/base.ts';
import { refuseWith } from '../faults.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { isTlsRequest } from '../peer.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const DEEPEST_ZOOM = 18;
const TileAddress = Closed({
  z: Type.Integer({ minimum: 0, maximum: DEEPEST_ZOOM }),
  x: Type.Integer({ minimum: 0, maximum: 2 ** DEEPEST_ZOOM - 1 }),
  y: Type.Integer({ minimum: 0, maximum: 2 ** DEEPEST_ZOOM - 1 }),
});
const SEARCHES_PER_MINUTE = 600;

/** How the page reached us, for absolute addresses. */
function originOf(request: FastifyRequest): string {
  const isSecure = isTlsRequest(request) || request.headers['x-forwarded-proto'] === 'https';
  return `${isSecure ? 'https' : 'http'}://${request.headers.host ?? 'localhost'}`;
}

export function geoRoutes(app: App, { geo }: RouteDeps): void {
  const sendTile = async (request: FastifyRequest, reply: FastifyReply, { z, x, y }: { z: number; x: number; y: number }) => {
    if (x >= 2 ** z || y >= 2 ** z) return refuseWith(reply, 'NOT_FOUND');
    const tile = await geo.tile(z, x, y);
    reply.header('cache-control', 'public, max-age=300');
    if (!tile) return reply.code(204).send();
    reply.headers({ etag: tile.etag, vary: 'accept-encoding' });
    if (request.headers['if-none-match'] === tile.etag) return reply.code(304).send();
    reply.type('application/vnd.mapbox-vector-tile');
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(gunzipSync(tile.bytes));
    return reply.header('content-encoding', 'gzip').send(Buffer.from(tile.bytes));
  };

  app.get('/geo/style.json', {
    config: { policy: 'public' },
    schema: {
      tags: ['map'],
      summary: 'Map style',
      querystring: Closed({ lang: Type.Optional(Type.Union([Type.Literal('vi'), Type.Literal('en')])), theme: Type.Optional(Type.Union([Type.Literal('dark'), Type.Literal('light')])) }),
      response: { ...rawAnswer('MapLibre style'), ...refusals(400) },
    },
    handler: async (request, reply) => {
      const { lang = 'vi', theme = 'dark' } = request.query;
      return reply.header('cache-control', 'no-cache').send(geo.style(lang, theme, originOf(request)));
    },
  });

  app.get('/geo/tiles/:z/:x/:y', {
    config: { policy: 'public' },
    schema: { tags: ['map'], summary: 'Basemap tile (MVT)', params: TileAddress, response: { ...rawAnswer('gzipped MVT'), ...refusals(404) } },
    handler: async (request, reply) => sendTile(request, reply, request.params),
  });

  app.get('/tiles/:layer/:z/:x/:y', {
    config: { policy: 'public' },
    schema: { tags: ['map'], summary: 'Tile of a layer (MVT); `base` is the basemap', params: Closed({ layer: Type.String({ pattern: '^[a-z][a-z-]{0,39}$' }), ...TileAddress.properties }), response: { ...rawAnswer('gzipped MVT'), ...refusals(404) } },
    handler: async (request, reply) => (request.params.layer === 'base' ? sendTile(request, reply, request.params) : refuseWith(reply, 'NOT_FOUND')),
  });

  app.get('/geo/fonts/:file', {
    config: { policy: 'public' },
    schema: { tags: ['map'], summary: 'Font of map labels', params: Closed({ file: Type.String({ maxLength: 120 }) }), response: { ...rawAnswer('woff2'), ...refusals(404) } },
    handler: async (request, reply) => {
      const path = geo.fontFiles.get(request.params.file);
      if (path === undefined) return refuseWith(reply, 'NOT_FOUND');
      return reply.type('font/woff2').header('cache-control', 'public, max-age=31536000, immutable').send(await readFile(path));
    },
  });

  app.get('/geo/search', {
    config: { policy: 'public', rateLimit: { max: SEARCHES_PER_MINUTE, timeWindow: 60_000 } },
    schema: {
      tags: ['map'],
      summary: 'Places by name, found without diacritics',
      querystring: Closed({ q: Type.String({ minLength: 1, maxLength: 200 }), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })) }),
      response: { 200: Closed({ items: Type.Array(Type.Unknown()) }), ...refusals(400, 429) },
    },
    handler: async (request, reply) => reply.send({ items: [...(await geo.search(request.query.q, request.query.limit ?? 10))] }),
  });
}
