import type { Principal } from '#contract/roles.ts';
import type { Scenario } from '#contract/scenario.ts';
import type { Scene, WallProfile, WallState } from '#contract/wall.ts';
import { openWall, reduceWall, type WallContext } from '../wall/reduceWall.ts';
import type { WallMemory } from '../wall/memory.ts';
import { canonicalHash } from './canonical.ts';
import { pictureOf } from './picture.ts';
import { planOf } from './plan.ts';
import { advance, seek, startOf, type Moved, type Playhead } from './playhead.ts';

const PRODUCT: Principal = { kind: 'system', id: 'system-scenario', name: 'headless', roles: [], units: null };
const RUN = 'run-0';

/** A scenario played without a store, a clock or a screen: the same plan, playhead and wall reducer as the live one. Units: ms on the scenario's clock. */
export interface Headless {
  advance(byMs: number): void;
  seek(toMs: number): void;
  head(): Playhead;
  shown(): WallState;
  /** SHA-256 of the canonical state now. */
  hash(): string;
  /** Refs of what was sent, in order. */
  sent(): readonly string[];
}

/** Begins one. Fails: throws when a step can not be shown on this wall. */
export function createHeadless(scenario: Scenario, profile: WallProfile, scenes: ReadonlyMap<string, Scene>): Headless {
  const plan = planOf(scenario);
  const sent: string[] = [];
  let head = startOf(1, true, []);
  const context = (): WallContext => ({ profile, scenes, tours: new Map(), actor: PRODUCT, at: Math.floor(head.atMs) });
  const opened = openWall(profile, scenario.steps[0]!.scene, context());
  if (!opened.ok) throw new Error(`${scenario.id}: ${opened.fault.code}`);
  let memory: WallMemory = opened.value;

  const show = () => {
    const things = Object.fromEntries(plan.events.slice(0, head.sentTo).flatMap((event) => (event.what === 'send' ? [[event.sent.ref, event.sent.ref]] : [])));
    const story = pictureOf(scenario, head, profile, scenes, { run: RUN, isRehearsal: true, bindings: { cameras: {}, things } }, Math.floor(head.atMs));
    const shown = story && reduceWall(memory, { do: 'story', run: RUN, step: story.story.step }, { ...context(), story });
    if (!shown?.ok) throw new Error(`${scenario.id}: step ${scenario.steps[head.step]?.id ?? ''} can not be shown on ${profile.id}`);
    memory = shown.value;
  };
  const take = (moved: Moved) => {
    head = moved.head;
    for (const effect of moved.effects) if (effect.do === 'send') sent.push(effect.sent.ref);
    if (moved.effects.some((effect) => effect.do === 'show')) show();
  };
  take(seek(plan, head, 0));
  return {
    advance: (byMs) => take(advance(scenario, plan, head, byMs, () => false)),
    seek: (toMs) => take(seek(plan, head, toMs)),
    head: () => head,
    shown: () => memory.shown,
    hash: () => canonicalHash(plan, head, memory.shown),
    sent: () => sent,
  };
}
