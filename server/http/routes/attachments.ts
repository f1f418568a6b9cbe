import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { Closed, Id } from '#contract/base.ts';
import type { Policy } from '#contract/roles.ts';
import { ATTACHMENT_LIMIT } from '../bodies.ts';
import { refuse, refuseWith } from '../faults.ts';
import { readFormFile } from '../formFile.ts';
import { ingestAllowance } from '../ingestAllowance.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { createReencoder } from '../reencode.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const Answer = Closed({ id: Id, sha256: Type.String(), status: Type.Union([Type.Literal('accepted'), Type.Literal('duplicate')]) });

export function attachmentRoutes(app: App, { attachments, attachmentRights, config, subtree }: RouteDeps): void {
  const reencoder = createReencoder();

  const receive = async (request: FastifyRequest, reply: FastifyReply) => {
    const part = await readFormFile(request);
    if (!part) return refuseWith(reply, 'REQUEST_BODY', { pointer: '/file' });
    const { sent, fields } = part;
    const sha256 = createHash('sha256').update(sent).digest('hex');
    if (fields.sha256 !== undefined && fields.sha256 !== sha256) return refuseWith(reply, 'REQUEST_BODY', { pointer: '/sha256', detail: 'the file does not have this hash' });
    const id = `at-${sha256.slice(0, 40)}`;
    if (request.principal?.kind === 'person') await attachmentRights.noteSender(id, request.principal);
    if (await attachments.has(id)) return reply.send({ id, sha256, status: 'duplicate' });
    const picture = await reencoder.reencode(sent);
    if (!picture) return refuseWith(reply, 'REQUEST_MEDIA_TYPE', { pointer: '/file', detail: 'a JPEG, PNG, WebP, AVIF or TIFF picture is expected' });
    const kept = await attachments.keep({ id, ...picture });
    return kept.ok ? reply.send({ id, sha256, status: 'accepted' }) : refuse(reply, kept.fault);
  };

  const doors: readonly { url: string; policy: Policy; summary: string }[] = [
    { url: '/api/v1/ingest/attachment', policy: 'ingest', summary: 'Send a picture; its id can stand in `evidence` or `media`' },
    { url: '/api/v1/attachments', policy: 'unit-work', summary: 'Send a picture from a signed-in device' },
  ];
  for (const { url, policy, summary } of doors) {
    app.post(url, {
      config: { policy, accepts: ['multipart/form-data'], rateLimit: ingestAllowance(config) },
      bodyLimit: ATTACHMENT_LIMIT + 64 * 1024,
      schema: { tags: ['ingest'], summary, consumes: ['multipart/form-data'], response: { 200: Answer, ...refusals(400, 401, 403, 408, 413, 415, 429, 503, 507) } },
      handler: receive,
    });
  }

  app.get('/api/v1/attachments/:id', {
    config: { policy: 'wall' },
    schema: { tags: ['ingest'], summary: 'A kept picture', params: Closed({ id: Id }), response: { ...rawAnswer('WebP or JPEG'), ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => {
      if (!(await attachmentRights.maySee(request.params.id, scopeOfRequest(request, subtree)))) return refuseWith(reply, 'NOT_FOUND');
      const found = await attachments.read(request.params.id);
      if (!found.ok) return refuse(reply, found.fault);
      return reply.type(found.value.contentType).header('cache-control', 'private, max-age=86400, immutable').send(Buffer.from(found.value.body));
    },
  });
}
