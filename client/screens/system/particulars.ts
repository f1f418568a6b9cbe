import type { LinkFault, SystemState } from '#contract/system.ts';
import { SELF_ILLS, type Trouble } from './model.ts';

/** How a time and the fault of a link are said in the language of the screen. */
export interface Saying {
  at(ms: number): string;
  why(fault: LinkFault): string;
}

/** What the sentence about a trouble names: who, since when, by how much. */
export function particularsOf(kind: Trouble, { nodes, above, ills }: Pick<SystemState, 'nodes' | 'above' | 'ills'>, failing: readonly string[], say: Saying): Record<string, string> {
  if (kind === 'connections') return { names: failing.join(', ') };
  if (kind === 'nodes') {
    const lost = nodes.flatMap(({ name, lostSince }) => (lostSince === null ? [] : [{ name, lostSince }]));
    return { names: lost.map(({ name }) => name).join(', '), at: say.at(Math.min(...lost.map(({ lostSince }) => lostSince))) };
  }
  if (kind === 'above') return above?.fault ? { at: say.at(above.since), why: say.why(above.fault), waiting: String(above.waiting) } : {};
  if (kind === 'above-refused') return { code: above?.refused?.code ?? '' };
  const ill = kind in SELF_ILLS ? ills.find((one) => one.kind === SELF_ILLS[kind as keyof typeof SELF_ILLS]) : undefined;
  return ill ? { at: say.at(ill.since), figure: ill.figure } : {};
}
