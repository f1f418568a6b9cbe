import { okay, refused } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import * as notes from '../../domain/handling-request/notes.ts';
import { rightToOperate, rightToWork } from '../../domain/handling-request/rights.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import { handlingRequestTable } from '../topics/handlingRequest.ts';
import { changeOf, type Desk, refusalOf, ruledOut } from './desk.ts';
import { stepWithSubject } from './requests.ts';

interface NoteAct {
  id: string;
  by: 'unit' | 'issuer';
  words?: string | undefined;
  rule(state: HandlingRequestState, now: number): notes.Noted;
}

/** What the IOC and a unit write on a request beside its steps. */
export function requestNoteCommands(desk: Desk): CommandHandlers {
  const note = (name: notes.RequestNote, actor: Principal, { id, by, words, rule }: NoteAct) =>
    desk.perform(`handling-request.${name}`, actor, async ({ tx, scope, now }) => {
      const stored = await handlingRequestTable.readForUpdate(tx, id);
      if (!stored) return refused('NOT_FOUND');
      const refusal = refusalOf((by === 'issuer' ? rightToOperate : rightToWork)(scope, stored.state));
      if (refusal) return refusal;
      const noted = rule(stored.state, now);
      if (!noted.ok) return ruledOut(noted);
      return okay({ reply: noted.state, changes: [changeOf(handlingRequestTable, stored, noted.state)], words });
    });
  return {
    'handling-request.set-out': (actor, { id }) => note('set-out', actor, { id, by: 'unit', rule: notes.setOut }),
    'handling-request.arrive': (actor, { id }) => note('arrive', actor, { id, by: 'unit', rule: notes.arrive }),
    'handling-request.nudge': (actor, { id, note: words }) => note('nudge', actor, { id, by: 'issuer', words, rule: (state, now) => notes.nudge(state, words, now) }),
    'handling-request.confirm-nudge': (actor, { id }) => note('confirm-nudge', actor, { id, by: 'unit', rule: notes.confirmNudge }),
    'handling-request.explain': (actor, { id, question, dueAt }) =>
      note('explain', actor, { id, by: 'issuer', words: question, rule: (state, now) => notes.askExplanation(state, { question, dueAt }, now) }),
    'handling-request.answer-explanation': (actor, { id, answer }) =>
      note('answer-explanation', actor, { id, by: 'unit', words: answer, rule: (state, now) => notes.explain(state, answer, now) }),
    'handling-request.verify': (actor, { id, isAccepted, reason }) =>
      desk.perform('handling-request.verify', actor, async (bench) => {
        const stepped = await stepWithSubject(bench, isAccepted ? 'verify' : 'refuse', { id, words: reason });
        return stepped.ok ? okay({ reply: stepped.value.request, changes: stepped.value.changes, words: reason }) : stepped;
      }),
  };
}
