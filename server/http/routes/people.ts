import { Closed, Id, UnitCode } from '#contract/base.ts';
import { AssignmentPerson, ChoosePerson, FocalPointsAnswer } from '#contract/people.ts';
import { answer } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const tags = ['red'];

/** Who answers: focal points of units, persons of assignments. */
export function peopleRoutes(app: App, { people, subtree }: RouteDeps): void {
  app.get('/api/v1/focal-points', {
    config: { policy: 'unit-work' },
    schema: { tags, summary: 'Whom each unit is spoken to through, and who may be named', response: { 200: FocalPointsAnswer, ...refusals(401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await people.focalPoints(scopeOfRequest(request, subtree))),
  });
  app.put('/api/v1/focal-points/:unit', {
    config: { policy: 'operate', accepts: JSON_BODY },
    schema: { tags, summary: 'Name the focal point of a unit', params: Closed({ unit: UnitCode }), body: ChoosePerson, response: { 200: FocalPointsAnswer, ...refusals(400, 401, 403, 422, 503) } },
    handler: async (request, reply) => answer(reply, await people.chooseFocal(request.params.unit, request.body.account, scopeOfRequest(request, subtree))),
  });
  app.put('/api/v1/assignments/:id/responsible', {
    config: { policy: 'unit-work', accepts: JSON_BODY },
    schema: { tags, summary: 'Name the person who answers for an assignment', params: Closed({ id: Id }), body: ChoosePerson, response: { 200: AssignmentPerson, ...refusals(400, 401, 403, 404, 422, 503) } },
    handler: async (request, reply) => answer(reply, await people.chooseForAssignment(request.params.id, request.body.account, scopeOfRequest(request, subtree))),
  });
}
