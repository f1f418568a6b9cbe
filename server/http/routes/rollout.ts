import { Closed, EpochMs, Id } from '#contract/base.ts';
import { AdoptionAnswer, KeepRollout, PilotsAnswer, RolloutAnswer, RolloutForms, RolloutKind, RolloutLine, RolloutPaper, RolloutRevisions } from '#contract/rollout.ts';
import { readFonts } from '../../reports/fonts.ts';
import { printRolloutPaper } from '../../reports/rolloutPaper.ts';
import { answer, refuse, refuseWith } from '../faults.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

/** The roll-out of a centre: pilots, plans, inventories, sheets; and whether it is used. */
export function rolloutRoutes(app: App, { rollout, adoption, clock, subtree }: RouteDeps): void {
  app.get('/api/v1/rollout/forms', {
    config: { policy: 'staff' },
    schema: { tags: ['rollout'], summary: 'Questions of the readiness list, the survey and the conformity sheet; whom to call', response: { 200: RolloutForms, ...refusals(401, 403) } },
    handler: async (_request, reply) => reply.send(rollout.forms()),
  });
  app.get('/api/v1/rollout/pilots', {
    config: { policy: 'staff' },
    schema: { tags: ['rollout'], summary: 'Pilots by area, service and vendor against their baseline', response: { 200: PilotsAnswer, ...refusals(401, 403, 503) } },
    handler: async (_request, reply) => answer(reply.header('cache-control', 'no-store'), await rollout.pilots()),
  });
  app.get('/api/v1/rollout/papers/:paper.pdf', {
    config: { policy: 'staff' },
    schema: { tags: ['rollout'], summary: 'A sheet with its answers so far', params: Closed({ paper: RolloutPaper }), response: { ...rawAnswer('PDF'), ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const { paper } = request.params;
      const found = await rollout.list(paper);
      if (!found.ok) return refuse(reply, found.fault);
      const file = await printRolloutPaper(paper, rollout.forms()[paper], found.value.items, clock.now(), await readFonts());
      return reply.headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${paper}.pdf"` }).type('application/pdf').send(file);
    },
  });
  app.get('/api/v1/rollout/:kind', {
    config: { policy: 'staff' },
    schema: { tags: ['rollout'], summary: 'Entries of a kind as they stand, each beside its baseline', params: Closed({ kind: RolloutKind }), response: { 200: RolloutAnswer, ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await rollout.list(request.params.kind)),
  });
  app.get('/api/v1/rollout/:kind/:id/revisions', {
    config: { policy: 'staff' },
    schema: { tags: ['rollout'], summary: 'Every revision of an entry, the baseline first', params: Closed({ kind: RolloutKind, id: Id }), response: { 200: RolloutRevisions, ...refusals(400, 401, 403, 404, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await rollout.revisions(request.params.kind, request.params.id)),
  });
  app.put('/api/v1/rollout/:kind/:id', {
    config: { policy: 'operate', accepts: JSON_BODY },
    schema: { tags: ['rollout'], summary: 'Write an entry, or a new revision of it', params: Closed({ kind: RolloutKind, id: Id }), body: KeepRollout, response: { 200: RolloutLine, ...refusals(400, 401, 403, 404, 409, 415, 422, 503) } },
    handler: async (request, reply) => answer(reply, await rollout.keep(scopeOfRequest(request, subtree).principal, request.params.kind, request.params.id, request.body)),
  });
  app.get('/api/v1/adoption', {
    config: { policy: 'staff' },
    schema: { tags: ['rollout'], summary: 'Visits of leaders, decisions, reds closed, shifts, training', querystring: Closed({ from: EpochMs, to: EpochMs }), response: { 200: AdoptionAnswer, ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const { from, to } = request.query;
      if (to <= from) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/to' });
      return answer(reply.header('cache-control', 'no-store'), await adoption.read(from, to));
    },
  });
}
