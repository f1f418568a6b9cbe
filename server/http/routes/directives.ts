import { Closed, Id } from '#contract/base.ts';
import { AgendaAnswer, Minutes, MinutesAnswer, TraceAnswer } from '#contract/meeting.ts';
import { AccountabilityAnswer, CampaignState, NewCampaign } from '#contract/topics/campaign.ts';
import { DirectiveState, NewDirective } from '#contract/topics/directive.ts';
import { answer, answerMade } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const tags = ['directives'];

/** Directives with the assignments that trace to them, campaigns, and the weekly meeting. */
export function directiveRoutes(app: App, { directives, subtree }: RouteDeps): void {
  const writing = { policy: 'operate' as const, accepts: JSON_BODY };

  app.post('/api/v1/directives', {
    config: writing,
    schema: { tags, summary: 'Enter a directive', body: NewDirective, response: { 201: DirectiveState, ...refusals(400, 401, 403, 409, 422, 503) } },
    handler: async (request, reply) => answerMade(reply, await directives.add(request.body, scopeOfRequest(request, subtree))),
  });
  app.get('/api/v1/directives/trace', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Assignments under their directives, and those that name none', response: { 200: TraceAnswer, ...refusals(401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await directives.trace(scopeOfRequest(request, subtree))),
  });
  app.post('/api/v1/campaigns', {
    config: writing,
    schema: { tags, summary: 'Begin a campaign over what is open now', body: NewCampaign, response: { 201: CampaignState, ...refusals(400, 401, 403, 404, 422, 503) } },
    handler: async (request, reply) => answerMade(reply, await directives.beginCampaign(request.body, scopeOfRequest(request, subtree))),
  });
  app.get('/api/v1/campaigns/:id/accountable', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Who still owes what; final from the deadline on', params: Closed({ id: Id }), response: { 200: AccountabilityAnswer, ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await directives.accountable(request.params.id, scopeOfRequest(request, subtree))),
  });
  app.get('/api/v1/meetings/agenda', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'The weekly meeting: what is ĐỎ, blocked, owed and beyond a unit', response: { 200: AgendaAnswer, ...refusals(401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await directives.agenda(scopeOfRequest(request, subtree))),
  });
  app.post('/api/v1/meetings/minutes', {
    config: writing,
    schema: { tags, summary: 'Minutes become a directive and its assignments', body: Minutes, response: { 201: MinutesAnswer, ...refusals(400, 401, 403, 409, 422, 503) } },
    handler: async (request, reply) => answerMade(reply, await directives.minutes(request.body, scopeOfRequest(request, subtree))),
  });
}
