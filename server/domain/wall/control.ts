import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { WallState } from '#contract/wall.ts';
import { CONTROL_MS, type WallMemory } from './memory.ts';

export interface Hand {
  actor: Principal;
  /** When the change shows. Units: epoch ms. */
  at: number;
}

/** Whoever has control now, or null when nobody or when it ran out. */
export function holderOf(state: WallState, at: number): WallState['control'] {
  return state.control && state.control.until > at ? state.control : null;
}

const held = ({ actor, at }: Hand) => ({ id: actor.id, name: actor.name, until: at + CONTROL_MS });
const signed = (memory: WallMemory, { actor, at }: Hand, control: WallState['control'], why: string): WallMemory => ({
  ...memory,
  shown: { ...memory.shown, rev: memory.shown.rev + 1, control, changedBy: actor.name, changedAt: at, why },
});

/** Control for one who acts: taken when free, renewed when theirs. The product itself needs none. Fails: WALL_TAKEN. */
export function controlFor(state: WallState, hand: Hand): Outcome<WallState['control']> {
  const holder = holderOf(state, hand.at);
  if (hand.actor.kind === 'system') return okay(holder);
  if (holder && holder.id !== hand.actor.id) return refused('WALL_TAKEN', { detail: holder.name });
  return okay(held(hand));
}

/** Takes control; by force also from another. Fails: WALL_TAKEN. */
export function takeControl(memory: WallMemory, hand: Hand, isForced: boolean): Outcome<WallMemory> {
  const holder = holderOf(memory.shown, hand.at);
  if (holder && holder.id !== hand.actor.id && !isForced) return refused('WALL_TAKEN', { detail: holder.name });
  return okay(signed(memory, hand, held(hand), ''));
}

/** Gives control back. Fails: WALL_TAKEN when it is another's. */
export function releaseControl(memory: WallMemory, hand: Hand): Outcome<WallMemory> {
  const holder = holderOf(memory.shown, hand.at);
  if (holder && holder.id !== hand.actor.id) return refused('WALL_TAKEN', { detail: holder.name });
  return okay(signed(memory, hand, null, ''));
}
