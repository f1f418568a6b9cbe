import type { CommandRequest } from '#contract/events.ts';
import { okay, refused } from '#contract/faults.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { vietnamCalendar } from '../../domain/calendar/vietnam.ts';
import { stepRequest } from '../../domain/handling-request/life.ts';
import { rightToWork } from '../../domain/handling-request/rights.ts';
import type { CommandHandler } from '../../domain/ports/work.ts';
import * as life from '../../domain/red-case/life.ts';
import { casePolicy } from '../../domain/red-case/policy.ts';
import { sees, wholeScope } from '../../domain/scope.ts';
import { caseTable } from '../topics/case.ts';
import { handlingRequestTable } from '../topics/handlingRequest.ts';
import { changeOf, type Desk, refusalOf, ruledOut } from '../work/desk.ts';
import { issueRequest } from '../work/requests.ts';

const TITLE_LENGTH = 300;

/** A unit asks another for help: a handling request with its own clock, so that it stands in the inbox of who is asked. */
export const obstacleCommand = (desk: Desk): CommandHandler<'case.obstacle'> => (actor, { id, unit, text, dueAt }) =>
  desk.perform('case.obstacle', actor, async (bench) => {
    const stored = await caseTable.readForUpdate(bench.tx, id);
    if (!stored) return refused('NOT_FOUND');
    const refusal = refusalOf(rightToWork(bench.scope, stored.state));
    if (refusal) return refusal;
    const { state } = stored;
    if (unit === state.unit) return refused('REQUEST_BODY', { pointer: '/unit' });
    const asking = { ...bench, scope: wholeScope('obstacle') };
    const of = { about: { topic: 'case' as const, id, title: text.slice(0, TITLE_LENGTH) }, level: null, position: null, ward: null, provenance: state.provenance };
    const issued = await issueRequest(asking, of, { unit, note: text, dueAt }, vietnamCalendar.addDays(bench.now, casePolicy.obstacleWorkingDays));
    if (!issued.ok) return issued;
    const request = issued.value;
    const stepped = life.addObstacle(state, { text: text.trim(), unit, requestId: request.id, dueAt: request.dueAt }, bench.now);
    if (!stepped.ok) return ruledOut(stepped);
    return okay({ reply: stepped.state, changes: [changeOf(handlingRequestTable, undefined, request), changeOf(caseTable, stored, stepped.state)], words: text });
  });

/** The supporting unit answers in one step what it could also carry out in its inbox. */
export const answerCommand = (desk: Desk): CommandHandler<'case.answer-obstacle'> => (actor, { id, obstacle, answer }) =>
  desk.perform('case.answer-obstacle', actor, async (bench) => {
    const { tx, now } = bench;
    const stored = await caseTable.readForUpdate(tx, id);
    const asked = stored?.state.obstacles.find((one) => one.id === obstacle);
    if (!stored || !asked) return refused('NOT_FOUND');
    const refusal = refusalOf(rightToWork(bench.scope, { unit: asked.unit, ward: null }));
    if (refusal) return refusal;
    const request = await handlingRequestTable.readForUpdate(tx, asked.requestId);
    if (!request) return refused('NOT_FOUND');
    const accepted = stepRequest(request.state, 'accept', { at: now, actor: actor.name });
    const done = stepRequest(accepted.ok ? accepted.state : request.state, 'carry-out', { at: now, actor: actor.name, words: answer });
    if (!done.ok) return ruledOut(done);
    if (done.state === request.state) return okay({ reply: request.state, changes: [] });
    const stepped = life.answerObstacle(stored.state, request.state.id, answer.trim(), now);
    if (!stepped.ok) return ruledOut(stepped);
    return okay({ reply: done.state, changes: [changeOf(handlingRequestTable, request, done.state), changeOf(caseTable, stored, stepped.state)], words: answer });
  });

/** What a direction says. `rehearsal` is the product's own word: no command brings it. */
export type Direction = CommandRequest<'direction.issue'> & { rehearsal?: string | undefined };

/** A leader's direction to a unit, about a case or about nothing: a handling request whose answer is tracked. One given in a rehearsal belongs to it. */
export const directionCommand = (desk: Desk): CommandHandler<'direction.issue'> => (actor, { unit, text, dueAt, caseId, rehearsal }: Direction) =>
  desk.perform('direction.issue', actor, async (bench) => {
    const about = caseId === undefined ? undefined : (await caseTable.read(bench.tx, [caseId]))[0]?.state;
    if (caseId !== undefined && (!about || !sees(bench.scope, about.unit, about.ward))) return refused('NOT_FOUND', { pointer: '/caseId' });
    const of = {
      about: { topic: 'case' as const, id: about?.id ?? '', title: text.trim().slice(0, TITLE_LENGTH) },
      level: null,
      position: null,
      ward: null,
      provenance: about?.provenance ?? ('manual' as const),
      ...(rehearsal === undefined ? {} : { rehearsal }),
    };
    const issued = await issueRequest(bench, of, { unit, note: text, dueAt }, vietnamCalendar.addDays(bench.now, casePolicy.directionWorkingDays));
    if (!issued.ok) return issued;
    const request: HandlingRequestState = { ...issued.value, about: about ? of.about : null };
    return okay({ reply: request, changes: [changeOf(handlingRequestTable, undefined, request)], words: text });
  });
