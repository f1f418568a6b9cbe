import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { assign } from '../../domain/alert/life.ts';
import { vietnamCalendar } from '../../domain/calendar/vietnam.ts';
import { assignFeedback } from '../../domain/feedback/life.ts';
import { isRequestCurrent } from '../../domain/handling-request/life.ts';
import { rightToOperate } from '../../domain/handling-request/rights.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import { moveObstacle } from '../../domain/red-case/life.ts';
import { casePolicy } from '../../domain/red-case/policy.ts';
import { alertTable } from '../topics/alert.ts';
import { caseTable } from '../topics/case.ts';
import { feedbackTable } from '../topics/feedback.ts';
import { handlingRequestTable } from '../topics/handlingRequest.ts';
import type { Stored, Thing, ThingTable } from '../topics/thingTable.ts';
import { type Bench, type Change, changeOf, type Desk, refusalOf, ruledOut } from './desk.ts';
import { issueRequest, stepWithSubject } from './requests.ts';

/** Gives a request to another unit: it ends for the one that has it, and what it is about waits for the new one. */
export const redirectCommand = (desk: Desk): CommandHandlers => ({
  'handling-request.redirect': (actor, { id, unit, reason, dueAt }) =>
    desk.perform('handling-request.redirect', actor, async (bench) => {
      const [glance] = await handlingRequestTable.read(bench.tx, [id]);
      if (!glance) return refused('NOT_FOUND');
      const refusal = refusalOf(rightToOperate(bench.scope, glance.state));
      if (refusal) return refusal;
      if (unit === glance.state.unit) return refused('STATE_STEP', { pointer: '/unit', detail: 'Yêu cầu đang ở chính đơn vị này.' });
      const ended = isRequestCurrent(glance.state) ? await stepWithSubject(bench, 'return', { id, words: reason }) : okay({ request: glance.state, changes: [] as Change[] });
      if (!ended.ok) return ended;
      const old = ended.value.request;
      if (old.step !== 'returned') return refused('STATE_STEP');
      const issued = await issueAnew(bench, old, { unit, note: reason, dueAt });
      if (!issued.ok) return issued;
      const subject = await handOver(bench, old, issued.value, ended.value.changes);
      if (!subject.ok) return subject;
      const changes = [...ended.value.changes.filter(({ state }) => state.id !== subject.value?.state.id), ...(subject.value ? [subject.value] : []), changeOf(handlingRequestTable, undefined, issued.value)];
      return okay({ reply: issued.value, changes, words: reason });
    }),
});

/** The same request for another unit. Its deadline stays unless it is over. */
async function issueAnew(bench: Bench, { about, title, level, position, ward, provenance, rehearsal, dueAt }: HandlingRequestState, to: { unit: string; note: string; dueAt: number | undefined }): Promise<Outcome<HandlingRequestState>> {
  const of = { about: about ?? { topic: 'case' as const, id: '', title }, level, position, ward, provenance, ...(rehearsal === undefined ? {} : { rehearsal }) };
  const issued = await issueRequest(bench, of, to, dueAt > bench.now ? dueAt : vietnamCalendar.addDays(bench.now, casePolicy.directionWorkingDays));
  return issued.ok ? okay({ ...issued.value, about, title }) : issued;
}

/** What the request is about follows to the new one. Fails: STATE_STEP when it has gone another way meanwhile. */
async function handOver({ tx, now, actor }: Bench, old: HandlingRequestState, fresh: HandlingRequestState, changes: readonly Change[]): Promise<Outcome<Change | undefined>> {
  const { about } = old;
  if (!about) return okay(undefined);
  const stored = async <State extends Thing>(table: ThingTable<State>): Promise<{ before: Stored<State>; state: State } | undefined> => {
    const moved = changes.find(({ state }) => state.id === about.id);
    if (moved?.before) return { before: moved.before as unknown as Stored<State>, state: moved.state as unknown as State };
    const found = await table.readForUpdate(tx, about.id);
    return found && { before: found, state: found.state };
  };
  const to = { unit: fresh.unit, requestId: fresh.id };
  if (about.topic === 'alert') {
    const found = await stored(alertTable);
    const stepped = found && assign(found.state, { ...to, owner: { id: actor.id, name: actor.name } }, now);
    return !stepped ? okay(undefined) : stepped.ok ? okay(changeOf(alertTable, found.before, stepped.state)) : ruledOut(stepped);
  }
  if (about.topic === 'feedback') {
    const found = await stored(feedbackTable);
    const stepped = found && assignFeedback(found.state, to, now);
    return !stepped ? okay(undefined) : stepped.ok ? okay(changeOf(feedbackTable, found.before, stepped.state)) : ruledOut(stepped);
  }
  if (about.topic !== 'case') return okay(undefined);
  const found = await stored(caseTable);
  if (!found?.state.obstacles.some(({ requestId }) => requestId === old.id)) return okay(undefined);
  return okay(changeOf(caseTable, found.before, moveObstacle(found.state, old.id, { ...to, dueAt: fresh.dueAt }, now)));
}
