import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { Rect, Salvo, WallAct, WallGrant, WallProfile, WallState } from '#contract/wall.ts';
import { intersect, isInside } from '../../../layouts/rects.ts';

const fits = ({ roles, units }: WallGrant, principal: Principal): boolean =>
  (roles === undefined || principal.roles.some((role) => roles.includes(role))) && (units === undefined || (principal.units?.some((unit) => units.includes(unit)) ?? false));

/** The zones somebody may act in: null for the whole wall. The product itself and administrators may everywhere. */
export function zonesOf({ grants, zones = [] }: Pick<WallProfile, 'grants' | 'zones'>, principal: Principal): readonly Rect[] | null {
  if (principal.kind === 'system' || grants === undefined || principal.roles.includes('admin')) return null;
  const own = grants.filter((grant) => fits(grant, principal));
  if (own.some((grant) => grant.zones === undefined)) return null;
  const names = new Set(own.flatMap((grant) => grant.zones ?? []));
  return zones.filter(({ id }) => names.has(id)).map(({ rect }) => rect);
}

/** What of the wall an act changes; null for all of it. */
function touched(act: WallAct, { tiles, spotlight }: WallState, salvos: ReadonlyMap<string, Salvo>, wall: string): readonly Rect[] | null {
  const named = (id: string | undefined) => tiles.flatMap((tile) => (tile.id === id ? [tile.rect] : []));
  if (act.do === 'push') return named(act.tile);
  if (act.do === 'return') return act.tile === undefined ? null : named(act.tile);
  if (act.do === 'spotlight') return named(act.tile ?? spotlight?.tile);
  const zone = act.do === 'salvo' ? salvos.get(act.salvo)?.walls[wall] : undefined;
  return zone ? [zone, ...tiles.flatMap(({ rect }) => (intersect(rect, zone) ? [rect] : []))] : null;
}

const isIn = (inner: Rect, zone: Rect): boolean => isInside({ ...inner, x: inner.x - zone.x, y: inner.y - zone.y }, [zone.width, zone.height]);

/** Whether somebody may do this to a wall: to all of it, or to tiles that lie wholly in a zone of theirs. Fails: WALL_RIGHTS. */
export function mayAct(profile: WallProfile, principal: Principal, act: WallAct, state: WallState, salvos: ReadonlyMap<string, Salvo>): Outcome<void> {
  const own = zonesOf(profile, principal);
  if (own === null) return okay(undefined);
  const parts = own.length === 0 ? null : touched(act, state, salvos, profile.id);
  return parts?.every((part) => own.some((zone) => isIn(part, zone))) ? okay(undefined) : refused('WALL_RIGHTS');
}

/** Whether somebody may act anywhere on a wall. Fails: WALL_RIGHTS. */
export const mayTake = (profile: WallProfile, principal: Principal): Outcome<void> => (zonesOf(profile, principal)?.length === 0 ? refused('WALL_RIGHTS') : okay(undefined));

/** Whether somebody may act on the place of a point. Units: wall pixels. */
export const mayPoint = (profile: WallProfile, principal: Principal, { x, y }: { x: number; y: number }): boolean =>
  zonesOf(profile, principal)?.some((zone) => intersect(zone, { x, y, width: 1, height: 1 })) ?? true;
