import { okay, refused } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import { escalateByHand, markRepeat, unmarkRepeat, unshelve } from '../../domain/alert/flags.ts';
import type { AlertStepped } from '../../domain/alert/life.ts';
import { confirmShelve, proposeShelve } from '../../domain/alert/secondPerson.ts';
import { rightToOperate, rightToWork, type Right } from '../../domain/handling-request/rights.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import type { Scope } from '../../domain/scope.ts';
import { alertTable } from '../topics/alert.ts';
import type { Stored } from '../topics/thingTable.ts';
import { changeOf, type Desk, refusalOf, ruledOut } from './desk.ts';

const MOST_PICTURES = 40;

interface NoteAct {
  id: string;
  words?: string | undefined;
  right: (scope: Scope, thing: AlertState) => Right;
  rule(state: AlertState, now: number): AlertStepped;
}

/** What is said about an alert, and what needs a second person. */
export function alertNoteCommands(desk: Desk): CommandHandlers {
  const note = (name: string, actor: Principal, { id, words, right, rule }: NoteAct) =>
    desk.perform(name, actor, async ({ tx, scope, now }) => {
      const stored = await alertTable.readForUpdate(tx, id);
      if (!stored) return refused('NOT_FOUND');
      const refusal = refusalOf(right(scope, stored.state));
      if (refusal) return refusal;
      const stepped = rule(stored.state, now);
      if (!stepped.ok) return ruledOut(stepped);
      return okay({ reply: stepped.state, changes: [changeOf(alertTable, stored, stepped.state)], words });
    });
  return {
    'alert.comment': (actor, { id, text, media = [] }) =>
      note('alert.comment', actor, {
        id, words: text.trim(), right: rightToWork,
        rule: (state, now) => {
          if (text.trim() === '') return { ok: false, code: 'STATE_REASON', pointer: '/text' };
          const attachments = [...new Set([...(state.attachments ?? []), ...media])].slice(0, MOST_PICTURES);
          return { ok: true, state: { ...state, attachments, comments: (state.comments ?? 0) + 1, updatedAt: Math.max(now, state.updatedAt) } };
        },
      }),
    'alert.propose-shelve': (actor, { id, until, reason }) =>
      note('alert.propose-shelve', actor, { id, words: reason, right: rightToOperate, rule: (state, now) => proposeShelve(state, { by: actor, until, reason }, now) }),
    'alert.confirm-shelve': (actor, { id }) =>
      note('alert.confirm-shelve', actor, { id, right: rightToOperate, rule: (state, now) => confirmShelve(state, actor, now) }),
    'alert.unshelve': (actor, { id }) => note('alert.unshelve', actor, { id, right: rightToOperate, rule: unshelve }),
    'alert.escalate': (actor, { id, reason }) => note('alert.escalate', actor, { id, words: reason, right: rightToOperate, rule: (state, now) => escalateByHand(state, reason, now) }),
    'alert.unmark-repeat': (actor, { id }) => note('alert.unmark-repeat', actor, { id, right: rightToOperate, rule: unmarkRepeat }),
    'alert.mark-repeat': (actor, { id, of }) =>
      desk.perform('alert.mark-repeat', actor, async ({ tx, scope, now }) => {
        const locked = new Map<string, Stored<AlertState>>();
        for (const each of [id, of].sort()) {
          const stored = await alertTable.readForUpdate(tx, each);
          if (!stored || refusalOf(rightToOperate(scope, stored.state))) return each === of ? refused('ALERT_MERGE', { pointer: '/of' }) : refused('NOT_FOUND');
          locked.set(each, stored);
        }
        const repeat = locked.get(id)!;
        const stepped = markRepeat(repeat.state, locked.get(of)!.state, now);
        return stepped.ok ? okay({ reply: stepped.state, changes: [changeOf(alertTable, repeat, stepped.state)], words: of }) : ruledOut(stepped);
      }),
  };
}
