import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { Scene } from '#contract/wall.ts';

const Rules = Type.Array(Type.Object({ code: Type.String(), redBelow: Type.Optional(Type.Number()), redAbove: Type.Optional(Type.Number()) }));
export type RedRules = Static<typeof Rules>;

/** The rules of ĐỎ that scenes declare for their boards of units; the first scene that declares any decides. */
export function redRulesOf(scenes: readonly Pick<Scene, 'tiles'>[]): RedRules {
  for (const { tiles } of scenes) {
    const rules = tiles.find(({ widget, settings }) => widget === 'red-units' && settings?.rules !== undefined)?.settings?.rules;
    if (Value.Check(Rules, rules)) return rules;
  }
  return [];
}
