import { createHash } from 'node:crypto';
import type { WallState } from '#contract/wall.ts';

/** JSON with sorted keys and without undefined values: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}

/** Name of what a wall shows. Equal exactly when the pictures are equal: who changed it, when and why, who has control, what is saved, whether rules are on and how far a scenario is are not part of it. */
export function stateHash(state: WallState): string {
  const { rev: _rev, changedBy: _by, changedAt: _at, why: _why, control: _control, saved: _saved, areRulesOff: _rules, story: _story, ...picture } = state;
  return createHash('sha256').update(canonicalJson(picture)).digest('hex');
}
