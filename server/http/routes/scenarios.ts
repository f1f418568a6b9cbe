import Type from 'typebox';
import { Closed, Id } from '#contract/base.ts';
import { Preflight, Scenario, ScenarioFault, ScenarioRun, ScenarioSummary, TrainingRecord } from '#contract/scenario.ts';
import { Name, Scene } from '#contract/wall.ts';
import { answer, refuse, refuseWith } from '../faults.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const tags = ['scenarios'];
const Params = Closed({ id: Name });
const listOf = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Closed({ items: Type.Array(item), next: Type.Null() });

export function scenarioRoutes(app: App, { scenarios }: RouteDeps): void {
  app.get('/api/v1/scenarios', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'List of scenarios', response: { 200: listOf(ScenarioSummary), ...refusals(401, 403) } },
    handler: async (_request, reply) => reply.header('cache-control', 'no-store').send({ items: scenarios.list(), next: null } as never),
  });
  app.get('/api/v1/scenarios/:id', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'One scenario, whole', params: Params, response: { 200: Scenario, ...refusals(401, 403, 404) } },
    handler: async (request, reply) => {
      const found = scenarios.get(request.params.id);
      return found ? reply.header('cache-control', 'no-store').send(found as never) : refuseWith(reply, 'SCENARIO_UNKNOWN');
    },
  });
  app.get('/api/v1/scenarios/:id/file', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'The scenario as one YAML file', params: Params, response: { ...rawAnswer('YAML'), ...refusals(401, 403, 404) } },
    handler: async (request, reply) => {
      const file = scenarios.file(request.params.id);
      if (!file.ok) return refuse(reply, file.fault);
      return reply.headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${request.params.id}.yaml"` }).type('application/yaml; charset=utf-8').send(file.value as never);
    },
  });
  app.get('/api/v1/scenarios/:id/preflight', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'What would be empty if it were shown now', params: Params, querystring: Closed({ wall: Name }), response: { 200: Preflight, ...refusals(400, 401, 403, 404, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await scenarios.preflight(request.params.id, request.query.wall)),
  });
  app.get('/api/v1/stages', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Stages and scenes a step of a scenario may show', response: { 200: listOf(Scene), ...refusals(401, 403) } },
    handler: async (_request, reply) => reply.header('cache-control', 'no-store').send({ items: scenarios.stages(), next: null } as never),
  });
  app.get('/api/v1/scenario-faults', {
    config: { policy: 'operate' },
    schema: { tags, summary: 'Faults of scenario files, with file, line and reason', response: { 200: listOf(ScenarioFault), ...refusals(401, 403) } },
    handler: async (_request, reply) => reply.header('cache-control', 'no-store').send({ items: await scenarios.faults(), next: null } as never),
  });
  app.get('/api/v1/scenario-runs', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Runs of scenarios, newest first', response: { 200: listOf(ScenarioRun), ...refusals(401, 403, 503) } },
    handler: async (_request, reply) => {
      const runs = await scenarios.runs();
      return answer(reply.header('cache-control', 'no-store'), runs.ok ? { ok: true, value: { items: runs.value, next: null } } : runs);
    },
  });
  app.get('/api/v1/scenario-runs/:id', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'One run of a scenario', params: Closed({ id: Id }), response: { 200: ScenarioRun, ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await scenarios.run(request.params.id)),
  });
  app.get('/api/v1/trainings', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Who finished which course, newest first', response: { 200: listOf(TrainingRecord), ...refusals(401, 403, 503) } },
    handler: async (request, reply) => {
      const done = await scenarios.trainings(request.principal?.id ?? '');
      return answer(reply.header('cache-control', 'no-store'), done.ok ? { ok: true, value: { items: done.value, next: null } } : done);
    },
  });
}
