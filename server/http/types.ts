import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify';
import type { FaultCode } from '#contract/faults.ts';
import type { Policy, Principal } from '#contract/roles.ts';
import type { Source } from '../domain/ports/door.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use the route; the app does not boot without it. */
    policy?: Policy;
    /** Media types of a body the route takes; none = it takes no body. */
    accepts?: readonly string[];
    /** A public route that still wants to know who asks. */
    isCurious?: boolean;
  }
  interface FastifyRequest {
    principal: Principal | undefined;
    /** The source behind an ingest key. */
    source: Source | undefined;
    /** The cookie's secret when the party came with a session. */
    sessionToken: string | undefined;
    sessionExpiresAt: number;
    startedAt: number;
  }
  interface FastifyReply {
    /** Why the request was refused, when it was. */
    faultCode: FaultCode | undefined;
  }
}

export type App = FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger, TypeBoxTypeProvider>;

export const JSON_BODY = ['application/json'] as const;
