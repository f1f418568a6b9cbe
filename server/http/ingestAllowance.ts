import type { FastifyRequest } from 'fastify';
import type { HttpConfig } from './deps.ts';

const PER_MINUTE = 12_000;

/** How often one key may knock; judged before its body is read. */
export function ingestAllowance({ ingestPerMinute = PER_MINUTE }: HttpConfig) {
  return {
    max: (request: FastifyRequest) => request.source?.ratePerMinute ?? ingestPerMinute,
    timeWindow: 60_000,
    hook: 'preParsing' as const,
    groupId: 'ingest',
    keyGenerator: (request: FastifyRequest) => request.source?.id ?? request.ip,
  };
}
