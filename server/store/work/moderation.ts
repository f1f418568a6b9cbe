import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { FeedbackStepped } from '../../domain/feedback/life.ts';
import * as moderation from '../../domain/feedback/moderation.ts';
import { feedbackServiceOf } from '../../domain/feedback/services.ts';
import { rightToOperate } from '../../domain/handling-request/rights.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import { feedbackTable } from '../topics/feedback.ts';
import type { Stored } from '../topics/thingTable.ts';
import { type Bench, changeOf, type Desk, refusalOf, ruledOut } from './desk.ts';

type Rule = (state: FeedbackState, now: number) => FeedbackStepped;

async function lock({ tx, scope }: Bench, id: string): Promise<Outcome<Stored<FeedbackState>>> {
  const stored = await feedbackTable.readForUpdate(tx, id);
  if (!stored) return refused('NOT_FOUND');
  return refusalOf(rightToOperate(scope, stored.state)) ?? okay(stored);
}

/** Commands on a citizen's report beside handing it to a unit: duplicates, the public answer, its end and its return. */
export function moderationCommands(desk: Desk): CommandHandlers {
  const perform = (name: string, actor: Principal, id: string, words: string | undefined, rule: Rule) =>
    desk.perform(name, actor, async (bench) => {
      const locked = await lock(bench, id);
      if (!locked.ok) return locked;
      const stepped = rule(locked.value.state, bench.now);
      if (!stepped.ok) return ruledOut(stepped);
      return okay({ reply: stepped.state, changes: [changeOf(feedbackTable, locked.value, stepped.state)], words });
    });
  return {
    'feedback.merge': (actor, { id, into }) =>
      desk.perform('feedback.merge', actor, async (bench) => {
        // Both rows are locked in one order, whichever is merged into which.
        const order = [id, into].sort();
        const locked = new Map<string, Stored<FeedbackState>>();
        for (const each of order) {
          const one = await lock(bench, each);
          if (!one.ok) return each === into && one.fault.code === 'NOT_FOUND' ? refused('FEEDBACK_MERGE', { pointer: '/into' }) : one;
          locked.set(each, one.value);
        }
        const repeat = locked.get(id)!;
        const stepped = moderation.merge(repeat.state, locked.get(into)!.state, bench.now);
        if (!stepped.ok) return ruledOut(stepped);
        return okay({ reply: stepped.state, changes: [changeOf(feedbackTable, repeat, stepped.state)] });
      }),
    'feedback.split': (actor, { id }) => perform('feedback.split', actor, id, undefined, moderation.split),
    'feedback.recategorise': (actor, { id, ...to }) => {
      const words = [feedbackServiceOf(to.service)?.name ?? to.service, ...(to.process === 'immediate' ? ['xử lý ngay'] : [])].join(', ');
      return perform('feedback.recategorise', actor, id, words, (state, now) => moderation.recategorise(state, to, now));
    },
    'feedback.reject': (actor, { id, reason }) => perform('feedback.reject', actor, id, reason, (state, now) => moderation.reject(state, reason, now)),
    'feedback.answer': (actor, { id, answer }) => perform('feedback.answer', actor, id, answer, (state, now) => moderation.answer(state, answer, now)),
    'feedback.reopen': (actor, { id, reason }) => perform('feedback.reopen', actor, id, reason, (state, now) => moderation.reopen(state, reason, now)),
    'feedback.close': (actor, { id, reason }) => perform('feedback.close', actor, id, reason, (state, now) => moderation.close(state, reason, now)),
  };
}
