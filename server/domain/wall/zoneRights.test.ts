import { describe, expect, test } from 'vitest';
import type { Principal } from '#contract/roles.ts';
import type { Salvo, Scene, WallAct, WallProfile } from '#contract/wall.ts';
import { openWall, reduceWall, type WallContext } from './reduceWall.ts';
import { besideZone } from './salvo.ts';
import { mayPoint, mayTake } from './zoneRights.ts';

const AT = 1000;
const left = { x: 0, y: 0, width: 1000, height: 1000 };
const right = { x: 1000, y: 0, width: 1000, height: 1000 };
const profile: WallProfile = {
  id: 'w', name: { vi: 'w', en: 'w' }, width: 2000, height: 1000, pitchMm: 0.6, farthestViewerM: 4,
  outputs: [{ id: 'r1c1', rect: left }, { id: 'r1c2', rect: right }],
  zones: [{ id: 'trai', name: { vi: 'Trái', en: 'Left' }, rect: left }],
  grants: [{ roles: ['operator'], units: ['20242'], zones: ['trai'] }, { roles: ['operator'], units: ['48'] }],
};
const scene: Scene = { schema: 2, id: 's', name: { vi: 's', en: 's' }, size: [2000, 1000], tiles: [{ id: 'a', widget: 'text', rect: left }, { id: 'b', widget: 'text', rect: right }] };
const salvos = new Map<string, Salvo>([['l', salvoOf('l', left)], ['r', salvoOf('r', right)]]);
function salvoOf(id: string, zone: typeof left): Salvo {
  return { schema: 1, id, name: { vi: id, en: id }, most: 4, cameras: ['cam-1'], walls: { w: zone } };
}
const person = (id: string, units: string[] | null, roles: Principal['roles'] = ['operator']): Principal => ({ kind: 'person', id, name: id, roles, units });
const ward = person('ward', ['20242']);
const city = person('city', ['48']);
const context = (actor: Principal): WallContext => ({ actor, at: AT, profile, scenes: new Map([['s', scene]]), tours: new Map(), salvos, cameras: ['cam-1', 'cam-2'] });
const opened = openWall(profile, 's', { ...context({ kind: 'system', id: 'x', name: 'x', roles: [], units: null }) });
const memory = opened.ok ? opened.value : expect.unreachable();
const codeOf = (actor: Principal, act: WallAct) => {
  const done = reduceWall(memory, act, context(actor));
  return done.ok ? 'ok' : done.fault.code;
};
const push = (tile: string): WallAct => ({ do: 'push', tile, widget: 'camera', settings: {} });

describe('rights per wall and zone', () => {
  test('a ward acts in its zone and nowhere else', () => {
    expect(codeOf(ward, push('a'))).toBe('ok');
    expect(codeOf(ward, { do: 'spotlight', tile: 'a' })).toBe('ok');
    expect(codeOf(ward, { do: 'salvo', salvo: 'l' })).toBe('ok');
    for (const act of [push('b'), { do: 'salvo', salvo: 'r' }, { do: 'scene', scene: 's' }, { do: 'blank', on: true }, { do: 'undo' }] as WallAct[]) expect(codeOf(ward, act)).toBe('WALL_RIGHTS');
  });

  test('the city and an administrator act on all of it, a stranger on nothing', () => {
    expect([codeOf(city, push('b')), codeOf(city, { do: 'blank', on: true }), codeOf(person('root', null, ['admin']), push('b'))]).toEqual(['ok', 'ok', 'ok']);
    expect(codeOf(person('other', ['20263']), push('a'))).toBe('WALL_RIGHTS');
    expect([mayTake(profile, person('other', ['20263'])).ok, mayTake(profile, ward).ok]).toEqual([false, true]);
  });

  test('a pointer stays in the zone; without grants every operator may', () => {
    expect([mayPoint(profile, ward, { x: 10, y: 10 }), mayPoint(profile, ward, { x: 1500, y: 10 })]).toEqual([true, false]);
    const { grants: _none, ...open } = profile;
    expect(mayPoint(open, person('other', ['20263']), { x: 1500, y: 10 })).toBe(true);
  });
});

test('a salvo fills its zone with its cameras in order, and undo brings everything back', () => {
  const shown = reduceWall(memory, { do: 'salvo', salvo: 'r' }, context(city));
  if (!shown.ok) return expect.unreachable(shown.fault.code);
  expect(shown.value.shown.tiles.map(({ id, settings }) => [id, settings?.['cameras']])).toEqual([['a', undefined], ['salvo', ['cam-1', 'cam-2']]]);
  const back = reduceWall(shown.value, { do: 'undo' }, context(city));
  expect(back.ok && back.value.shown.tiles).toEqual(memory.shown.tiles);
  expect(reduceWall(memory, { do: 'salvo', salvo: 'none' }, context(city))).toMatchObject({ ok: false, fault: { code: 'WALL_SCENE' } });
  expect(reduceWall(memory, { do: 'salvo', salvo: 'r' }, { ...context(city), cameras: [] })).toMatchObject({ ok: false, fault: { code: 'STATE_STEP' } });
});

test('a tile half in the zone makes room, one that would keep too little leaves', () => {
  const zone = { x: 1000, y: 0, width: 1000, height: 1000 };
  expect(besideZone({ x: 0, y: 0, width: 1500, height: 1000 }, zone)).toEqual({ x: 0, y: 0, width: 1000, height: 1000 });
  expect(besideZone({ x: 1000, y: 500, width: 1000, height: 1500 }, zone)).toEqual({ x: 1000, y: 1000, width: 1000, height: 1000 });
  expect(besideZone({ x: 900, y: 0, width: 1000, height: 1000 }, zone)).toBeUndefined();
  expect(besideZone({ x: 0, y: 0, width: 900, height: 1000 }, zone)).toEqual({ x: 0, y: 0, width: 900, height: 1000 });
});
