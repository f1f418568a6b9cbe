import Type from 'typebox';
import { Closed, EpochMs, Id, UnitCode } from '#contract/base.ts';
import { BoardAnswer, CaseHistory, CatalogueAnswer, DataSetAnswer, DataSetsAnswer, IndicatorValuesAnswer, MovementAnswer, MyRedAnswer, ObligationsAnswer, PromisesAnswer } from '#contract/red.ts';
import { answer, refuse, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const Word = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' });

/** Everything about ĐỎ that is read: the catalogue with statuses, the board, a unit's own list, the calendar, movement, data sets of letters. */
export function redRoutes(app: App, { red, subtree }: RouteDeps): void {
  app.get('/api/v1/indicators/catalogue', {
    config: { policy: 'wall' },
    schema: { tags: ['red'], summary: 'Indicators with their rules, and their status and course at each unit', querystring: Closed({ service: Type.Optional(Word), code: Type.Optional(Word), unit: Type.Optional(UnitCode) }), response: { 200: CatalogueAnswer, ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await red.catalogue(request.query, scopeOfRequest(request, subtree))),
  });

  app.get('/api/v1/indicators/values', {
    config: { policy: 'staff' },
    schema: { tags: ['red'], summary: 'Every value behind an indicator, with its revisions and where each came from', querystring: Closed({ code: Word, unit: Type.Optional(UnitCode), period: Type.Optional(Type.String({ maxLength: 10 })) }), response: { 200: IndicatorValuesAnswer, ...refusals(400, 401, 403, 404, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await red.values(request.query, scopeOfRequest(request, subtree))),
  });

  app.get('/api/v1/red/board', {
    config: { policy: 'wall' },
    schema: { tags: ['red'], summary: 'Units by number of reds and time in ĐỎ, with cause, promise and person', response: { 200: BoardAnswer, ...refusals(401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await red.board(scopeOfRequest(request, subtree))),
  });

  app.get('/api/v1/red/my', {
    config: { policy: 'staff' },
    schema: { tags: ['red'], summary: 'What is ĐỎ, low, promised and asked of the units of the reader', response: { 200: MyRedAnswer, ...refusals(401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await red.my(scopeOfRequest(request, subtree))),
  });

  app.get('/api/v1/red/promises', {
    config: { policy: 'staff' },
    schema: { tags: ['red'], summary: 'Promised, kept and broken by month, of open and closed cases', querystring: Closed({ unit: Type.Optional(UnitCode), month: Type.Optional(Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })) }), response: { 200: PromisesAnswer, ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await red.promises(request.query, scopeOfRequest(request, subtree))),
  });

  app.get('/api/v1/red/movement', {
    config: { policy: 'staff' },
    schema: { tags: ['red'], summary: 'Reds cleared, new and still there between two moments, promises kept and broken', querystring: Closed({ from: EpochMs, to: EpochMs }), response: { 200: MovementAnswer, ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const { from, to } = request.query;
      if (to <= from) return refuseWith(reply, 'REQUEST_QUERY', { pointer: '/to' });
      return answer(reply.header('cache-control', 'no-store'), await red.movement(from, to, scopeOfRequest(request, subtree)));
    },
  });

  app.get('/api/v1/obligations', {
    config: { policy: 'wall' },
    schema: { tags: ['red'], summary: 'What must happen by when, with reminders', querystring: Closed({ from: Type.Optional(EpochMs), to: Type.Optional(EpochMs), unit: Type.Optional(UnitCode), dataSet: Type.Optional(Word) }), response: { 200: ObligationsAnswer, ...refusals(400, 401, 403, 404, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await red.obligations(request.query, scopeOfRequest(request, subtree))),
  });

  app.get('/api/v1/cases/:id/history', {
    config: { policy: 'staff' },
    schema: { tags: ['red'], summary: 'Every step of a case', params: Closed({ id: Id }), response: { 200: CaseHistory, ...refusals(401, 403, 404, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await red.history(request.params.id, scopeOfRequest(request, subtree))),
  });

  app.get('/api/v1/data-sets', {
    config: { policy: 'staff' },
    schema: { tags: ['red'], summary: 'Data sets of letters', response: { 200: DataSetsAnswer, ...refusals(401, 403) } },
    handler: async (_request, reply) => reply.send({ items: red.dataSets() }),
  });

  app.get('/api/v1/data-sets/:id', {
    config: { policy: 'staff' },
    schema: { tags: ['red'], summary: 'Figures of one letter', params: Closed({ id: Id }), response: { 200: DataSetAnswer, ...refusals(401, 403, 404) } },
    handler: async (request, reply) => {
      const found = red.dataSet(request.params.id);
      return found.ok ? reply.send(found.value) : refuse(reply, found.fault);
    },
  });
}
