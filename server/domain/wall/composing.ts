import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { MapCamera, WaitingAlert, WallAct, WallState } from '#contract/wall.ts';
import type { AlertFacts, WallRule } from '#contract/wallRule.ts';
import { composeTiles, ruleFor } from './compose.ts';
import { pictureOf, restore, type WallMemory } from './memory.ts';
import type { WallContext } from './reduceWall.ts';

/** How many alerts a wall remembers to have handled. */
const HANDLED_MOST = 500;

/** What of the memory changes. */
export type MemoryChange = Partial<Omit<WallMemory, 'shown'>> & { shown: Partial<WallState> };

const byUrgency = (a: WaitingAlert, b: WaitingAlert) => a.level - b.level || a.raisedAt - b.raisedAt || (a.alert < b.alert ? -1 : 1);
const lineOf = (waiting: readonly WaitingAlert[]): Pick<WallState, 'waiting'> => ({ waiting: waiting.length > 0 ? [...waiting].sort(byUrgency) : undefined });
const handledAfter = ({ handled = [] }: WallMemory, alert: string): string[] => (handled.includes(alert) ? handled : [...handled, alert].slice(-HANDLED_MOST));
const waiterOf = ({ id, level, title, raisedAt }: AlertFacts): WaitingAlert => ({ alert: id, level, title, raisedAt });

function show(memory: WallMemory, rule: WallRule, facts: AlertFacts, { profile, at }: WallContext): Outcome<MemoryChange> {
  const { shown, parked, past } = memory;
  const { compose } = rule;
  const composition = compose?.walls[profile.id];
  if (!compose || !composition) return refused('WALL_SCENE', { detail: rule.id });
  const beneath = memory.beneath ?? { picture: pictureOf(shown), parked, past };
  const to: MapCamera = facts.position ? { center: facts.position, zoom: compose.zoom, bearing: 0, pitch: 0 } : shown.camera.to;
  return okay({
    shown: {
      tiles: composeTiles(beneath.picture.tiles, composition, compose, facts),
      camera: { from: to, to, startAt: at, durationMs: 0 },
      spotlight: null,
      composed: { ...waiterOf(facts), rule: rule.id, until: at + compose.releaseAfterS * 1000 },
      ...lineOf((shown.waiting ?? []).filter(({ alert }) => alert !== facts.id)),
    },
    parked: [],
    past: [],
    beneath,
    handled: handledAfter(memory, facts.id),
  });
}

/** Whether a wall may be composed now: nothing else has it, it is not held still and shows no past. */
export const isFreeForAlerts = ({ composed, frozenAt, blank, testCard, mode }: WallState): boolean => !composed && frozenAt === null && !blank && !testCard && mode !== 'replay';

/**
 * Gives the wall to an alert, or puts it in line behind the one that has it.
 * Fails: STATE_STEP when the alert has the wall or waits already, when the product may not act, or nothing is known of it; WALL_SCENE when no rule lets it through here.
 */
export function composeAlert(memory: WallMemory, act: Extract<WallAct, { do: 'compose' }>, context: WallContext): Outcome<MemoryChange> {
  const { shown } = memory;
  const { facts, rules = [], actor } = context;
  const isByProduct = actor.kind === 'system';
  const isWaiting = shown.waiting?.some(({ alert }) => alert === act.alert) ?? false;
  if (!facts || facts.id !== act.alert || shown.composed?.alert === act.alert) return refused('STATE_STEP');
  if (isByProduct && shown.areRulesOff) return refused('STATE_STEP');
  const rule = ruleFor(rules, context.profile.id, facts) ?? (isByProduct ? undefined : anyRule(rules, context.profile.id));
  if (!rule) return refused('WALL_SCENE', { detail: act.alert });
  if (isFreeForAlerts(shown)) return show(memory, rule, facts, context);
  if (isWaiting) return refused('STATE_STEP');
  return okay({ shown: lineOf([...(shown.waiting ?? []), waiterOf(facts)]), handled: handledAfter(memory, facts.id) });
}

/** What a person may use to compose an alert that no rule lets through by itself. */
const anyRule = (rules: Iterable<WallRule>, wall: string) => [...rules].filter(({ compose }) => compose && Object.hasOwn(compose.walls, wall)).sort((a, b) => (a.id < b.id ? -1 : 1))[0];

/**
 * Gives the wall back exactly as it was, or to the next alert in line when its facts are at hand. With `alert` one alert
 * leaves, wherever it is; with `all` the line is dismissed too. Fails: STATE_STEP when there is nothing to give back.
 */
export function releaseAlert(memory: WallMemory, { alert, all = false }: Extract<WallAct, { do: 'release' }>, context: WallContext): Outcome<MemoryChange> {
  const { shown, beneath } = memory;
  const waiting = shown.waiting ?? [];
  const hasWall = beneath !== undefined && (alert === undefined || shown.composed?.alert === alert);
  if (!hasWall) {
    const rest = all ? [] : waiting.filter((one) => one.alert !== alert);
    return rest.length === waiting.length ? refused('STATE_STEP') : okay({ shown: lineOf(rest) });
  }
  const line = all ? [] : waiting;
  const back: MemoryChange = { shown: { ...restore(beneath.picture), ...lineOf(line) }, parked: beneath.parked, past: beneath.past, beneath: undefined };
  const [next] = line;
  const { facts, rules = [] } = context;
  const rule = next && facts?.id === next.alert && !shown.areRulesOff ? ruleFor(rules, context.profile.id, facts) : undefined;
  if (!rule || !facts) return okay(back);
  const restored: WallMemory = { ...memory, ...back, shown: { ...shown, ...back.shown } };
  return show(restored, rule, facts, context);
}
