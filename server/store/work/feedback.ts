import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import { feedbackDueAt } from '../../domain/feedback/deadlines.ts';
import { assignFeedback } from '../../domain/feedback/life.ts';
import { feedbackServiceOf } from '../../domain/feedback/services.ts';
import { rightToOperate } from '../../domain/handling-request/rights.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import { feedbackTable } from '../topics/feedback.ts';
import { handlingRequestTable } from '../topics/handlingRequest.ts';
import type { Stored } from '../topics/thingTable.ts';
import { type Bench, changeOf, type Desk, refusalOf, ruledOut } from './desk.ts';
import { issueRequest, stepWithSubject } from './requests.ts';

/** Commands of the operator who runs citizens' reports. */
export function feedbackCommands(desk: Desk): CommandHandlers {
  return {
    'feedback.assign': (actor, { id, ...to }) =>
      desk.perform('feedback.assign', actor, async (bench) => {
        const locked = await lockFeedback(bench, id);
        if (!locked.ok) return locked;
        const { state } = locked.value;
        if (state.requestId !== null) return assignedAlready(bench, state, to.unit);
        const { position, ward, provenance, rehearsal } = state;
        const about = { topic: 'feedback' as const, id: state.id, title: titleOf(state) };
        const dueAt = state.dueAt > bench.now ? state.dueAt : feedbackDueAt(state.service, bench.now, ward, state.process ?? 'timed');
        const issued = await issueRequest(bench, { position, ward, provenance, rehearsal, level: null, about }, to, dueAt);
        if (!issued.ok) return issued;
        const request = issued.value;
        const stepped = assignFeedback(state, { unit: to.unit, requestId: request.id }, bench.now);
        if (!stepped.ok) return ruledOut(stepped);
        return okay({
          reply: request,
          changes: [changeOf(handlingRequestTable, undefined, request), changeOf(feedbackTable, locked.value, stepped.state)],
          words: to.note,
        });
      }),

    'feedback.verify': (actor, { id, isAccepted, reason }) =>
      desk.perform('feedback.verify', actor, async (bench) => {
        const locked = await lockFeedback(bench, id);
        if (!locked.ok) return locked;
        const { state } = locked.value;
        if (state.requestId === null) return refused('STATE_STEP');
        const stepped = await stepWithSubject(bench, isAccepted ? 'verify' : 'refuse', { id: state.requestId, words: reason });
        if (!stepped.ok) return stepped;
        const { changes } = stepped.value;
        return okay({ reply: changes.find((change) => change.state.id === id)?.state ?? state, changes, words: reason });
      }),
  };
}

async function lockFeedback({ tx, scope }: Bench, id: string): Promise<Outcome<Stored<FeedbackState>>> {
  const stored = await feedbackTable.readForUpdate(tx, id);
  if (!stored) return refused('NOT_FOUND');
  return refusalOf(rightToOperate(scope, stored.state)) ?? okay(stored);
}

/** What a unit reads first. The citizen's own words stay in the report, which may be masked. */
function titleOf({ service, address }: FeedbackState): string {
  const name = feedbackServiceOf(service)?.name ?? service;
  return address ? `${name}: ${address}` : name;
}

/** Assigning again to the unit that has it answers the same; to another unit it must be returned first. */
async function assignedAlready({ tx }: Bench, feedback: FeedbackState, unit: string) {
  const [request] = await handlingRequestTable.read(tx, [feedback.requestId ?? '']);
  return request?.state.unit === unit ? okay({ reply: request.state, changes: [] }) : refused('STATE_STEP');
}
