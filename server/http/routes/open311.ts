import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { FAULTS, faultOf, type Fault, type FaultCode } from '#contract/faults.ts';
import { Compile } from 'typebox/compile';
import { FollowCode } from '#contract/citizen.ts';
import type { Source } from '../../domain/ports/door.ts';
import { publishedQuery, readParams, reportOfPost, type Params } from '../open311/params.ts';
import { type ELEMENTS, errorRows, requestRow, serviceRows, writeDefinition, writeDiscovery, writeRows, type Format } from '../open311/shapes.ts';
import { rawAnswer } from '../openapi.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const BODY_LIMIT = 64 * 1024;
const FORMATS: readonly Format[] = ['json', 'xml'];
const TYPES: Readonly<Record<Format, string>> = { json: 'application/json; charset=utf-8', xml: 'text/xml; charset=utf-8' };
const OFTEN = { reads: { max: 240, timeWindow: 60_000, groupId: 'open311-read' }, posts: { max: 120, timeWindow: 60_000, groupId: 'open311-post' } };
const followCode = Compile(FollowCode);
const documented = (summary: string) => ({ tags: ['open311'], summary, response: rawAnswer('JSON or XML of the standard; refusals are a list of `code` and `description`') });

/** Open311 GeoReport v2. Anyone reads; who posts shows an ingest key as `api_key`. */
export function open311Routes(app: App, { citizens, accounts, clock }: RouteDeps): void {
  const write = (reply: FastifyReply, format: Format, body: string, status = 200) =>
    reply.code(status as 200).header('cache-control', 'no-store').type(TYPES[format]).serializer((text) => text as string).send(body);
  const send = (reply: FastifyReply, format: Format, kind: keyof typeof ELEMENTS, rows: Parameters<typeof writeRows>[1], status = 200) =>
    write(reply, format, writeRows(kind, rows, format), status);
  const refuse = (reply: FastifyReply, format: Format, fault: Fault) => {
    // The standard knows 400, 403 and 404; a busy server keeps its own status.
    const { status } = FAULTS[fault.code];
    const told = status === 422 || status === 409 || status === 401 ? (status === 401 ? 403 : 400) : status;
    return send(reply, format, 'errors', [{ ...errorRows(fault)[0]!, code: told }], told);
  };
  const refuseWith = (reply: FastifyReply, format: Format, code: FaultCode, pointer?: string) => refuse(reply, format, faultOf(code, pointer ? { pointer } : {}));
  const sourceOf = async (params: Params, request: FastifyRequest): Promise<Source | undefined> => {
    const key = params.get('api_key');
    const source = key ? await accounts.sourceOf(key, request.ip) : undefined;
    return source && (source.topics === null || source.topics.includes('feedback')) ? source : undefined;
  };
  const queryOf = (request: FastifyRequest) => readParams(request.url.split('?')[1] ?? '');
  const split = (name: string): { id: string; format: Format } => {
    const [, id = '', format = 'json'] = /^(.{1,80})\.(json|xml)$/.exec(name) ?? [];
    return { id, format: format as Format };
  };

  const list = async (request: FastifyRequest, reply: FastifyReply, format: Format, params: Params) => {
    const query = publishedQuery(params, clock.now());
    if (!query.ok) return refuse(reply, format, query.fault);
    const found = await citizens.published(query.value);
    if (!found.ok) return refuse(reply, format, found.fault);
    const source = await sourceOf(params, request);
    if (query.value.ids && found.value.length === 0) return refuseWith(reply, format, 'NOT_FOUND', '/service_request_id');
    return send(reply, format, 'requests', found.value.map((state) => requestRow(state, state.source === source?.id)));
  };

  for (const format of FORMATS) {
    app.get(`/open311/v2/services.${format}`, {
      config: { policy: 'public', rateLimit: OFTEN.reads },
      schema: documented('Services that can be reported'),
      handler: async (_request, reply) => send(reply, format, 'services', serviceRows()),
    });
    app.get(`/open311/v2/discovery.${format}`, {
      config: { policy: 'public', rateLimit: OFTEN.reads },
      schema: documented('Where this service is and which formats it speaks'),
      handler: async (request, reply) => write(reply, format, writeDiscovery(`${request.protocol}://${request.host}`, format)),
    });
    app.get(`/open311/v2/requests.${format}`, {
      config: { policy: 'public', rateLimit: OFTEN.reads },
      schema: documented('Reports of at most 90 days'),
      handler: async (request, reply) => list(request, reply, format, queryOf(request)),
    });
    app.post(`/open311/v2/requests.${format}`, {
      config: { policy: 'public', accepts: ['application/x-www-form-urlencoded'], rateLimit: OFTEN.posts },
      bodyLimit: BODY_LIMIT,
      schema: { ...documented('Post a report'), consumes: ['application/x-www-form-urlencoded'] },
      handler: async (request, reply) => {
        const params = readParams(typeof request.body === 'string' ? request.body : '');
        const source = await sourceOf(params, request);
        if (!source) return refuseWith(reply, format, 'AUTH_KEY', '/api_key');
        const report = reportOfPost(params, source.id, clock.now());
        if (!report.ok) return refuse(reply, format, report.fault);
        const taken = await citizens.report(report.value, source);
        if (!taken.ok) return refuse(reply, format, taken.fault);
        const notice = params.has('media_url') ? 'media_url is not fetched; send pictures to /api/v1/ingest/attachment' : '';
        return send(reply, format, 'requests', [{ service_request_id: taken.value.id, service_notice: notice, account_id: null }]);
      },
    });
  }

  app.get('/open311/v2/services/:name', {
    config: { policy: 'public', rateLimit: OFTEN.reads },
    schema: { ...documented('What a service asks: drainage.json or drainage.xml'), params: Type.Object({ name: Type.String({ maxLength: 100 }) }) },
    handler: async (request, reply) => {
      const { id, format } = split(request.params.name);
      const definition = writeDefinition(id, format);
      return definition === undefined ? refuseWith(reply, format, 'NOT_FOUND', '/service_code') : write(reply, format, definition);
    },
  });

  app.get('/open311/v2/requests/:name', {
    config: { policy: 'public', rateLimit: OFTEN.reads },
    schema: { ...documented('One report: fb-1.json or fb-1.xml'), params: Type.Object({ name: Type.String({ maxLength: 100 }) }) },
    handler: async (request, reply) => {
      const { id, format } = split(request.params.name);
      return list(request, reply, format, new Map([...queryOf(request), ['service_request_id', id || '-']]));
    },
  });

  app.get('/open311/v2/tokens/:name', {
    config: { policy: 'public', rateLimit: OFTEN.reads },
    schema: { ...documented('The report behind a token'), params: Type.Object({ name: Type.String({ maxLength: 100 }) }) },
    handler: async (request, reply) => {
      const { id: token, format } = split(request.params.name);
      const found = followCode.Check(token) ? await citizens.idOf(token) : undefined;
      if (!found?.ok) return refuseWith(reply, format, 'NOT_FOUND', '/token');
      return send(reply, format, 'tokens', [{ service_request_id: found.value, token }]);
    },
  });
}
