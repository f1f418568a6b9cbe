import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { WallAct, WallState } from '#contract/wall.ts';
import type { MemoryChange } from './composing.ts';
import type { WallMemory } from './memory.ts';
import type { WallContext } from './reduceWall.ts';
import { tourAtStop } from './tour.ts';

/** What a person may do to a wall that looks back. The picture of the present waits beneath and is not touched. */
const ALLOWED: ReadonlySet<WallAct['do']> = new Set<WallAct['do']>(['replay', 'live', 'blank', 'identify', 'test-card', 'rules']);

/** Whether an act makes sense now: what the product does by itself goes on beneath the replay. */
export const isAllowedInReplay = ({ mode }: WallState, act: WallAct, isByProduct: boolean): boolean => mode !== 'replay' || isByProduct || ALLOWED.has(act.do);

/** Shows the past on every output from the moment of the change on. */
export function lookBack({ shown, modeBefore }: WallMemory, { at, rate, until }: Extract<WallAct, { do: 'replay' }>, context: Pick<WallContext, 'at'>): Outcome<MemoryChange> {
  return okay({ modeBefore: shown.mode === 'replay' ? modeBefore : shown.mode, shown: { mode: 'replay', replay: { at, since: context.at, rate, ...(until === undefined ? {} : { until }) } } });
}

/** Back to the present, exactly as it waited; a running tour gets its whole time at the stop again. Fails: STATE_STEP when the wall shows the present. */
export function returnToLive({ shown, modeBefore = 'live' }: WallMemory, _act: Extract<WallAct, { do: 'live' }>, { tours, at }: WallContext): Outcome<MemoryChange> {
  if (shown.mode !== 'replay') return refused('STATE_STEP');
  const tour = shown.tour && tours.get(shown.tour.id);
  return okay({ modeBefore: undefined, shown: { mode: modeBefore, replay: undefined, ...(tour && shown.tour ? { tour: tourAtStop(tour, shown.tour.index, at, shown.tour.isPaused) } : {}) } });
}
