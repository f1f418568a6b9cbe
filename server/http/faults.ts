import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { FAULTS, faultOf, type Fault, type FaultCode, type Outcome } from '#contract/faults.ts';
import type { Log } from '../kernel/log.ts';

const RETRY_AFTER_S = 2;
const CODE_BY_STATUS: Record<number, FaultCode> = {
  400: 'REQUEST_BODY',
  404: 'NOT_FOUND',
  405: 'REQUEST_METHOD',
  408: 'REQUEST_TIMEOUT',
  413: 'REQUEST_TOO_LARGE',
  415: 'REQUEST_MEDIA_TYPE',
  429: 'RATE_LIMITED',
  431: 'REQUEST_TOO_LARGE',
};

/** The one form of every refusal. A fault of ours (5xx) tells its code and the request id, nothing else. */
export function faultBody(fault: Fault, requestId: string, language: 'vi' | 'en' = 'vi'): { fault: Fault } {
  const row = FAULTS[fault.code];
  const base = { code: fault.code, message: row[language] };
  if (row.status >= 500) return { fault: { ...base, requestId } };
  return {
    fault: {
      ...base,
      ...(fault.pointer === undefined ? {} : { pointer: fault.pointer }),
      ...(fault.detail === undefined ? {} : { detail: fault.detail }),
      requestId,
    },
  };
}

export function refuse(reply: FastifyReply, fault: Fault): FastifyReply {
  const { status, retry } = FAULTS[fault.code];
  reply.faultCode = fault.code;
  const language = /^en\b/i.test(reply.request.headers['accept-language'] ?? '') ? 'en' : 'vi';
  if (retry === 'later' && !reply.hasHeader('retry-after')) reply.header('retry-after', String(RETRY_AFTER_S));
  const text = JSON.stringify(faultBody(fault, reply.request.id, language));
  return reply.code(status).header('cache-control', 'no-store').type('application/json; charset=utf-8').serializer((payload) => payload as string).send(text);
}

export const refuseWith = (reply: FastifyReply, code: FaultCode, more?: { pointer?: string; detail?: string }): FastifyReply => refuse(reply, faultOf(code, more));

/** Sends the value of an outcome, or its fault. */
export function answer<T>(reply: FastifyReply, outcome: Outcome<T>): FastifyReply {
  return outcome.ok ? reply.send(outcome.value) : refuse(reply, outcome.fault);
}

/** Answers with what was made, or why it was not. */
export function answerMade<T>(reply: FastifyReply, outcome: Outcome<T>): FastifyReply {
  return answer(outcome.ok ? reply.code(201) : reply, outcome);
}

interface SchemaIssue {
  instancePath: string;
  params?: { requiredProperties?: string[]; additionalProperties?: string[] };
}

const escapePointer = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** JSON pointer to the deepest thing a schema refused. */
export function pointerOf(issues: readonly SchemaIssue[]): string {
  const pointers = issues.map(({ instancePath, params }) => {
    const missing = params?.requiredProperties?.[0] ?? params?.additionalProperties?.[0];
    return missing === undefined ? instancePath : `${instancePath}/${escapePointer(missing)}`;
  });
  return pointers.reduce((deepest, pointer) => (pointer.split('/').length > deepest.split('/').length ? pointer : deepest), pointers[0] ?? '');
}

/** Turns whatever was thrown into a coded answer; only what we did not expect is logged. */
export function createErrorHandler(log: Log) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error.validation) {
      const pointer = pointerOf(error.validation as unknown as SchemaIssue[]);
      if (error.validationContext === 'params') return refuseWith(reply, 'NOT_FOUND', { pointer });
      return refuseWith(reply, error.validationContext === 'body' ? 'REQUEST_BODY' : 'REQUEST_QUERY', { pointer });
    }
    if (error.name === 'StoreUnavailable') {
      log.warn({ requestId: request.id, error: error.message }, 'the store did not answer');
      return refuseWith(reply, 'STORE_UNAVAILABLE');
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return refuseWith(reply, CODE_BY_STATUS[status] ?? 'REQUEST_BODY', status === 400 ? { pointer: '' } : {});
    log.error({ requestId: request.id, route: request.routeOptions.url, error: String(error), stack: error.stack }, 'a request failed');
    return refuseWith(reply, 'SERVER_FAULT');
  };
}
