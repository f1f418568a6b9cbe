import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultOf, okay, refused } from '#contract/faults.ts';
import type { Source } from '../ports/door.ts';
import { areaFlaw, MAX_VERTICES } from './area.ts';
import { bodyHash, canonicalJson } from './canonical.ts';
import { cleanItem, cleanText } from './cleanText.ts';
import { createDoor } from './door.ts';
import type { DoorStore, DoorTally, PassedItem, TakenItem } from './doorStore.ts';

const NOW = Date.UTC(2026, 9, 1, 3);
const source: Source = { id: 's', name: 'S', topics: null, provenance: 'real' };
const alert = (more: object = {}) => ({ key: 'a', at: NOW, kind: 'fire', level: 1, title: 'Cháy', ...more });

/** A door over a store that numbers what it takes. */
function openDoor(store: Partial<DoorStore> = {}) {
  const taken: PassedItem[] = [];
  const tallies: DoorTally[] = [];
  const door = createDoor({
    clock: { now: () => NOW },
    units: { has: (code) => code === '20242' },
    places: { isInVietnam: ([lon = 0]) => lon > 100, wardAt: () => '20242', isOfWhole: (code) => code === 'share' },
    store: {
      take: async (_source, _topic, items) => {
        taken.push(...items);
        return okay(items.map((_item, i): TakenItem => ({ status: 'accepted', id: `al-${i}`, epoch: 'e', seq: i + 1 })));
      },
      knownCameras: async () => okay(new Set(['cam'])),
      ...store,
    },
    telemetry: { take: (_source, _topic, items) => items.map((item) => ({ key: (item as { key: string }).key, status: 'accepted' })) },
    witness: { note: (_source, tally) => tallies.push(tally) },
  });
  return { door, taken, tallies };
}

describe('the door', () => {
  test('answers every item in its place and passes on only what is good', async () => {
    const { door, taken, tallies } = openDoor();
    const answer = await door.ingest(source, 'alert', [7, alert({ key: 'x', unit: 'nobody' }), alert(), null, alert({ key: 'b', cameraKey: 'cam' })]);
    expect(answer.ok && answer.value.results.map(({ key, status, seq }) => [key, status, seq])).toEqual([
      ['', 'rejected', undefined], ['x', 'rejected', undefined], ['a', 'accepted', 1], ['', 'rejected', undefined], ['b', 'accepted', 2],
    ]);
    expect(taken.map(({ ref, ward, provenance }) => [ref, ward, provenance])).toEqual([['a', null, 'real'], ['b', null, 'real']]);
    expect(tallies).toMatchObject([{ accepted: 2, faults: [{ code: 'INGEST_ITEM' }, { code: 'INGEST_UNIT' }, { code: 'INGEST_ITEM' }] }]);
  });

  test('a percentage of a whole lies between 0 and 100; other figures may be anything', async () => {
    const { door } = openDoor();
    const figure = (code: string, value: number) => ({ key: `${code}${value}`, at: NOW, unit: '20242', code, period: '2026-10', value });
    const answer = await door.ingest(source, 'indicator', [figure('share', 100), figure('share', 100.01), figure('share', -0.5), figure('growth', 229)]);
    expect(answer.ok && answer.value.results.map(({ status, fault }) => [status, fault?.code, fault?.pointer])).toEqual([
      ['accepted', undefined, undefined], ['rejected', 'INGEST_WHOLE', '/value'], ['rejected', 'INGEST_WHOLE', '/value'], ['accepted', undefined, undefined],
    ]);
  });

  test('a store that is away refuses the whole call', async () => {
    const { door, tallies } = openDoor({ take: async () => refused('STORE_UNAVAILABLE') });
    expect(await door.ingest(source, 'alert', [alert(), 7])).toMatchObject({ ok: false, fault: { code: 'STORE_UNAVAILABLE' } });
    expect(tallies).toEqual([]);
  });

  test('a repeat of an item that was refused later is refused alike', async () => {
    const { door } = openDoor({ take: async (_source, _topic, items) => okay(items.map(() => ({ status: 'rejected', fault: faultOf('INGEST_ITEM') }))) });
    const answer = await door.ingest(source, 'alert', [alert(), alert()]);
    expect(answer.ok && answer.value.results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('telemetry goes past the store', async () => {
    const { door, taken } = openDoor();
    const answer = await door.ingest(source, 'sensor', [{ key: 'r', at: NOW, kind: 'rain', value: 1, unitOfMeasure: 'mm' }, { key: 'r', at: NOW, kind: 'rain', value: Infinity, unitOfMeasure: 'mm' }]);
    expect(answer.ok && answer.value.results.map(({ status }) => status)).toEqual(['accepted', 'rejected']);
    expect(taken).toEqual([]);
  });

  test('whatever is sent, it answers each item once and never throws', async () => {
    const { door } = openDoor();
    const anything = fc.oneof(fc.jsonValue(), fc.object(), fc.record({ key: fc.string(), at: fc.oneof(fc.integer(), fc.double()), kind: fc.constant('fire'), level: fc.constantFrom(1, 9), title: fc.string({ unit: 'binary' }), area: fc.jsonValue() }, { requiredKeys: [] }));
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { maxLength: 8 }), async (items) => {
        const answer = await door.ingest(source, 'alert', items);
        expect(answer.ok && answer.value.results.map(({ status }) => typeof status)).toEqual(items.map(() => 'string'));
      }),
      { numRuns: 300 },
    );
  });
});

describe('canonical bodies', () => {
  const shuffled = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(shuffled)
    : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, shuffled(inner)]))
    : value;

  test('do not depend on the order of keys, and read back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const whole = JSON.parse(JSON.stringify(value)) as unknown;
        expect(canonicalJson(shuffled(whole))).toBe(canonicalJson(whole));
        expect(JSON.parse(canonicalJson(whole))).toEqual(whole);
      }),
    );
  });

  test('differ when a value differs; an absent field is as if it were undefined', () => {
    expect(bodyHash({ a: 1 })).not.toBe(bodyHash({ a: '1' }));
    expect(bodyHash({ a: 1, b: undefined })).toBe(bodyHash({ a: 1 }));
    expect(bodyHash({})).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('text from outside', () => {
  test('is composed, without control characters, lone surrogates or towers of marks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = cleanText(text);
        expect(clean).toBe(clean.toWellFormed());
        expect(clean).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
        expect(clean).not.toMatch(/\p{M}{5}/u);
      }),
    );
    expect(cleanText("Cư M'gar".normalize('NFD'))).toBe("Cư M'gar");
    expect(cleanText('một\thai\nba\u0000')).toBe('một\thai\nba');
  });

  test('is flagged when it was damaged, at any depth', () => {
    expect(cleanItem({ a: ['tốt', { b: 'h\ufffdng' }] })).toEqual({ value: { a: ['tốt', { b: 'h\ufffdng' }] }, isDamaged: true });
    expect(cleanItem({ a: 'tốt' }).isDamaged).toBe(false);
  });
});

describe('areas', () => {
  const square = [[108, 16], [108.1, 16], [108.1, 16.1], [108, 16]] as [number, number][];
  const flaw = (coordinates: [number, number][][]) => areaFlaw({ type: 'Polygon', coordinates }, ([lon = 0]) => lon > 100)?.pointer;

  test('are sound, or the first flaw is named', () => {
    expect(flaw([square])).toBeUndefined();
    expect(flaw([])).toBe('/coordinates');
    expect(flaw([square, []])).toBe('/coordinates/1');
    expect(flaw([square.slice(0, 3)])).toBe('/coordinates/0');
    expect(areaFlaw({ type: 'MultiPolygon', coordinates: [[square], []] }, () => true)?.pointer).toBe('/coordinates/1');
  });

  test('have a limit of corners over all rings', () => {
    const ring = [...Array.from({ length: MAX_VERTICES - 1 }, (_, i) => [108 + i / 1e6, 16] as [number, number]), [108, 16] as [number, number]];
    expect(flaw([ring])).toBeUndefined();
    expect(flaw([ring, square])).toBe('/coordinates/1');
  });
});
