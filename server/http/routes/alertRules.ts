import Type from 'typebox';
import { AlertRule, AlertRuleText, RuleTrial } from '#contract/alertRule.ts';
import { Closed } from '#contract/base.ts';
import { answer } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const Code = Closed({ code: AlertRuleText.properties.code });

export function alertRuleRoutes(app: App, { alertRules, subtree }: RouteDeps): void {
  app.get('/api/v1/alert-rules', {
    config: { policy: 'operate' },
    schema: { tags: ['alert-rules'], summary: 'Thresholds that raise alerts', response: { 200: Closed({ items: Type.Array(AlertRule) }), ...refusals(401, 403, 503) } },
    handler: async (_request, reply) => {
      const found = await alertRules.list();
      return answer(reply.header('cache-control', 'no-store'), found.ok ? { ok: true, value: { items: found.value } } : found);
    },
  });

  app.put('/api/v1/alert-rules', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: { tags: ['alert-rules'], summary: 'Write a rule; it stops until it was tried as it is now written', body: AlertRuleText, response: { 200: AlertRule, ...refusals(400, 401, 403, 415, 422, 503) } },
    handler: async (request, reply) => answer(reply, await alertRules.write(scopeOfRequest(request, subtree).principal, request.body)),
  });

  app.post('/api/v1/alert-rules/:code/trial', {
    config: { policy: 'operate', accepts: JSON_BODY },
    schema: { tags: ['alert-rules'], summary: 'What the rule would have done over the last days; nothing is raised', params: Code, body: Closed({ days: Type.Integer({ minimum: 1, maximum: 60 }) }), response: { 200: RuleTrial, ...refusals(400, 401, 403, 404, 415, 503) } },
    handler: async (request, reply) => answer(reply, await alertRules.try(request.params.code, request.body.days)),
  });

  app.post('/api/v1/alert-rules/:code/state', {
    config: { policy: 'administer', accepts: JSON_BODY },
    schema: { tags: ['alert-rules'], summary: 'Let a rule run, or stop it', params: Code, body: Closed({ isOn: Type.Boolean() }), response: { 200: AlertRule, ...refusals(400, 401, 403, 404, 409, 415, 503) } },
    handler: async (request, reply) => answer(reply, await alertRules.turn(scopeOfRequest(request, subtree).principal, request.params.code, request.body.isOn)),
  });
}
