import type { RunPhase, Scenario } from '#contract/scenario.ts';
import type { Plan, PlannedItem } from './plan.ts';

/** Where a run of a scenario is. Nothing in it depends on how fast it got there. Units: ms on the scenario's clock. */
export interface Playhead {
  atMs: number;
  /** Events of the plan that are behind. */
  done: number;
  /** Events whose items were sent; never goes back, so nothing is sent twice. */
  sentTo: number;
  /** Index of the step that is shown; -1 before the first. */
  step: number;
  phase: RunPhase;
  rate: number;
  /** Steps that wait for a hand or a condition come at their planned time. */
  isAuto: boolean;
  /** How long the condition of the next step has been waited for. */
  waitedMs: number;
  /** How long the run has lasted, its waits and pauses too and no jump: the clock deeds are judged by. Absent from runs of before it was kept. */
  lastedMs?: number;
  /** Steps shown by their fallback. */
  fallbacks: readonly string[];
}

/** What has to be done in the world for the playhead to be where it is. */
export type Effect = { do: 'send'; sent: PlannedItem } | { do: 'show'; step: number };

/** A playhead and what must follow from its move. */
export interface Moved {
  head: Playhead;
  effects: Effect[];
}

export const startOf = (rate: number, isAuto: boolean, fallbacks: readonly string[]): Playhead => ({ atMs: 0, done: 0, sentTo: 0, step: -1, phase: 'running', rate, isAuto, waitedMs: 0, lastedMs: 0, fallbacks });

/** Lets time go by for whoever is judged, whether the scenario goes on or stands. */
export const lasted = (head: Playhead, byMs: number): Playhead => ({ ...head, lastedMs: (head.lastedMs ?? head.atMs) + byMs });

/** Passes every event up to a moment; what was sent before is not sent again, and of several steps only the last is shown. */
function passTo(plan: Plan, head: Playhead, atMs: number, phase: RunPhase): Moved {
  const effects: Effect[] = [];
  let { done, step } = head;
  for (let event = plan.events[done]; event && event.atMs <= atMs; event = plan.events[++done]) {
    if (event.what === 'step') step = event.index;
    else if (done >= head.sentTo) effects.push({ do: 'send', sent: event.sent });
  }
  if (step !== head.step) effects.push({ do: 'show', step });
  return { head: { ...head, atMs, done, step, phase, sentTo: Math.max(head.sentTo, done), waitedMs: 0 }, effects };
}

const gateOf = ({ steps }: Scenario, { isAuto }: Playhead, index: number) => (isAuto ? 'time' : (steps[index]?.on ?? 'time'));

/**
 * Lets `byMs` of the scenario's clock go by. Time stands at a step that waits for a hand, and for a condition until it holds
 * or its patience ends; then the step is shown, by its fallback when the condition did not come.
 */
export function advance(scenario: Scenario, plan: Plan, head: Playhead, byMs: number, holds: (step: string) => boolean): Moved {
  if (head.phase === 'ended' || head.phase === 'removed') return { head, effects: [] };
  const effects: Effect[] = [];
  let now = lasted(head, byMs);
  if (head.phase === 'paused') return { head: now, effects };
  let left = byMs;
  for (;;) {
    const gate = scenario.steps.findIndex((step, index) => index > now.step && gateOf(scenario, now, index) !== 'time' && step.at * 1000 >= now.atMs);
    const gateMs = gate < 0 ? Infinity : scenario.steps[gate]!.at * 1000;
    if (now.atMs + left < gateMs) break;
    const before = passTo(plan, now, gateMs - 1, 'waiting');
    left -= gateMs - now.atMs;
    effects.push(...before.effects);
    const waiting: Playhead = { ...before.head, atMs: gateMs, waitedMs: now.waitedMs + left, phase: 'waiting' };
    const { id, withinS = 0 } = scenario.steps[gate]!;
    const isByHand = gateOf(scenario, now, gate) === 'next';
    const isHeld = !isByHand && holds(id);
    if (isByHand || (!isHeld && waiting.waitedMs < withinS * 1000)) return { head: waiting, effects };
    const opened = passTo(plan, { ...waiting, fallbacks: isHeld ? waiting.fallbacks : [...waiting.fallbacks, id] }, gateMs, 'running');
    effects.push(...opened.effects);
    left = isHeld ? 0 : Math.max(0, waiting.waitedMs - withinS * 1000);
    now = opened.head;
  }
  const toMs = Math.min(now.atMs + left, plan.lengthMs);
  const end = passTo(plan, now, toMs, toMs >= plan.lengthMs ? 'ended' : 'running');
  return { head: end.head, effects: [...effects, ...end.effects] };
}

/** Puts the playhead anywhere. What lies between is sent once; going back takes nothing back but the picture. */
export function seek(plan: Plan, head: Playhead, toMs: number): Moved {
  const target = Math.min(Math.max(0, toMs), plan.lengthMs);
  const phase = target >= plan.lengthMs ? 'ended' : head.phase === 'paused' ? 'paused' : 'running';
  const fresh = passTo(plan, { ...head, done: 0, step: -1 }, target, phase);
  const { step } = fresh.head;
  return { head: fresh.head, effects: step < 0 ? fresh.effects : [...fresh.effects.filter((effect) => effect.do === 'send'), { do: 'show', step }] };
}

/** The moment of the step after or before the one shown; undefined at the ends. */
export function neighbourMs({ steps }: Scenario, { step }: Playhead, by: 1 | -1): number | undefined {
  const next = steps[step + by];
  return next && next.at * 1000;
}
