import { createHash } from 'node:crypto';
import type { WallState } from '#contract/wall.ts';
import { canonicalJson } from '../wall/stateHash.ts';
import type { Plan } from './plan.ts';
import type { Playhead } from './playhead.ts';

/** What a run is at a moment of its own clock, without what only says when and how fast that was: the wall, the words, and all that was sent until then. */
export function canonicalState(plan: Plan, head: Pick<Playhead, 'atMs' | 'done' | 'step' | 'phase'>, state: WallState): string {
  const { scene, tiles, camera, spotlight, blank, mode, story } = state;
  const { run: _run, atMs: _at, sinceAt: _since, rate: _rate, phase: _phase, ...told } = story ?? {};
  const sent = plan.events.slice(0, head.done).flatMap((event) => (event.what === 'send' ? [{ topic: event.sent.topic, ref: event.sent.ref, item: event.sent.item }] : []));
  return canonicalJson({ atMs: head.atMs, step: head.step, scene, tiles, look: camera.to, spotlight, blank, mode, told, sent });
}

/** SHA-256 of the canonical state in hex. */
export const canonicalHash = (...of: Parameters<typeof canonicalState>): string => createHash('sha256').update(canonicalState(...of)).digest('hex');
