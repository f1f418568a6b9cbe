import type { Principal, Role } from '#contract/roles.ts';

/** For whom the pictures of a group of cameras are. */
export interface GroupRight {
  group: string;
  roles: readonly Role[];
  /** Ids of accounts. */
  people: readonly string[];
  onWalls: boolean;
}

function isFor({ roles, people, onWalls }: GroupRight, { kind, id, roles: held }: Principal): boolean {
  if (kind === 'system') return true;
  if (kind === 'wall-device') return onWalls;
  return people.includes(id) || held.some((role) => roles.includes(role));
}

/** Whether a party may watch a camera of these groups: every one of them that is kept for some must be for this party. */
export function mayWatchGroups(groups: readonly string[], rights: readonly GroupRight[], principal: Principal): boolean {
  return rights.every((right) => !groups.includes(right.group) || isFor(right, principal));
}
