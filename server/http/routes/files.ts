import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Type from 'typebox';
import { Closed, EpochMs } from '#contract/base.ts';
import { ATTACHMENT_LIMIT } from '../bodies.ts';
import { refuseWith } from '../faults.ts';
import { readFormFile } from '../formFile.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const NAME = '^[A-Za-z0-9][A-Za-z0-9._-]{0,80}\\.(pdf|mp4|webm|png|jpg|webp)$';
const FileName = Type.String({ pattern: NAME });
const WallFile = Closed({ name: Type.String(), bytes: Type.Integer(), at: EpochMs });

/** How a file of each kind begins: its name alone is not believed. Shape: offset and the bytes there. */
const BEGINS: Readonly<Record<string, readonly [number, string]>> = {
  pdf: [0, '%PDF-'],
  mp4: [4, 'ftyp'],
  webm: [0, '\x1a\x45\xdf\xa3'],
  png: [0, '\x89PNG'],
  jpg: [0, '\xff\xd8\xff'],
  webp: [8, 'WEBP'],
};

function isWhatItSays(name: string, bytes: Buffer): boolean {
  const [at, mark] = BEGINS[name.slice(name.lastIndexOf('.') + 1)] ?? [0, '\0'];
  return bytes.subarray(at, at + mark.length).equals(Buffer.from(mark, 'latin1'));
}

const plainName = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').replace(/[^A-Za-z0-9._-]+/g, '-').toLowerCase();

/** Documents, films and pictures that tiles of a wall show. A document may be framed by this server's own pages, by no others. */
export function fileRoutes(app: App, { filesFolder }: RouteDeps): void {
  app.get('/files/:name', {
    config: { policy: 'wall' },
    schema: { tags: ['walls'], summary: 'A file that tiles show', params: Closed({ name: FileName }), response: { ...rawAnswer('the file'), ...refusals(400, 401, 403, 404) } },
    handler: async (request, reply) => {
      const { name } = request.params;
      const found = await stat(join(filesFolder, name)).catch(() => undefined);
      if (!found?.isFile()) return refuseWith(reply, 'NOT_FOUND');
      if (name.endsWith('.pdf')) reply.header('content-security-policy', "frame-ancestors 'self'");
      return reply.sendFile(name, filesFolder, { cacheControl: false }).header('cache-control', 'private, no-cache');
    },
  });

  app.get('/api/v1/files', {
    config: { policy: 'wall' },
    schema: { tags: ['walls'], summary: 'Files that tiles may show, by name', response: { 200: Closed({ items: Type.Array(WallFile), next: Type.Null() }), ...refusals(401, 403) } },
    handler: async (_request, reply) => {
      await mkdir(filesFolder, { recursive: true });
      const names = (await readdir(filesFolder)).filter((name) => new RegExp(NAME).test(name)).sort();
      const items = await Promise.all(names.map(async (name) => stat(join(filesFolder, name)).then(({ size, mtimeMs }) => ({ name, bytes: size, at: Math.round(mtimeMs) }))));
      return reply.header('cache-control', 'no-store').send({ items, next: null });
    },
  });

  app.post('/api/v1/files', {
    config: { policy: 'operate', accepts: ['multipart/form-data'] },
    bodyLimit: ATTACHMENT_LIMIT + 64 * 1024,
    schema: { tags: ['walls'], summary: 'Keep a file for tiles: PDF, MP4, WebM, PNG, JPEG or WebP', consumes: ['multipart/form-data'], response: { 200: WallFile, ...refusals(400, 401, 403, 413, 415) } },
    handler: async (request, reply) => {
      const part = await readFormFile(request);
      if (!part) return refuseWith(reply, 'REQUEST_BODY', { pointer: '/file' });
      const name = plainName(part.name);
      if ( !new RegExp(NAME).test(name)) return refuseWith(reply, 'REQUEST_MEDIA_TYPE', { pointer: '/file' });
      const bytes = part.sent;
      if (!isWhatItSays(name, bytes)) return refuseWith(reply, 'REQUEST_MEDIA_TYPE', { pointer: '/file', detail: 'the file is not what its name says' });
      await mkdir(filesFolder, { recursive: true });
      const partial = join(filesFolder, `.${randomUUID()}.partial`);
      await writeFile(partial, bytes);
      await rename(partial, join(filesFolder, name));
      const kept = await stat(join(filesFolder, name));
      return reply.send({ name, bytes: kept.size, at: Math.round(kept.mtimeMs) });
    },
  });
}
