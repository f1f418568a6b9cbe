import type { CaseState } from '#contract/topics/case.ts';
import { dayOf, endOfDay, isSettled } from './model.ts';

/** One line of the roadmap as it is typed. */
export interface Line {
  key: number;
  title: string;
  day: string;
}

/** What a unit has written for one case and not sent yet; outlives refusals, lost connections and a look at another case. */
export class PlanDraft {
  cause = $state('');
  solution = $state('');
  responsible = $state('');
  lines = $state<Line[]>([]);
  isTouched = $state(false);
  /** What was asked last, so that its refusal stands beside it. */
  asked = $state<'plan' | 'deed' | 'other'>('other');
  reason = $state('');
  result = $state('');
  nudge = $state('');
  nudgeKind = $state<'nudge' | 'guidance'>('nudge');
  obstacle = $state('');
  obstacleUnit = $state('');
  evidence = $state.raw<string[]>([]);
  #next = 1;

  /** Takes what the case says, unless something was typed here. */
  follow(state: CaseState, now: number): void {
    if (this.isTouched) return;
    this.cause = state.cause ?? '';
    this.solution = state.solution ?? '';
    this.responsible = state.responsible?.account ?? '';
    this.lines = state.milestones.filter((one) => !isSettled(one, now)).map(({ title, dueAt }) => ({ key: this.#next++, title, day: dayOf(dueAt) }));
  }

  addLine(): void {
    this.isTouched = true;
    this.lines.push({ key: this.#next++, title: '', day: '' });
  }

  dropLine(key: number): void {
    this.isTouched = true;
    this.lines = this.lines.filter((line) => line.key !== key);
  }

  /** Lines that say what and when; a half-written one is kept here and not sent. */
  milestones(): { title: string; dueAt: number }[] {
    return this.lines.flatMap(({ title, day }) => {
      const dueAt = endOfDay(day);
      return title.trim() === '' || dueAt === undefined ? [] : [{ title: title.trim(), dueAt }];
    });
  }
}
