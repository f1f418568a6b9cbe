import { expect, test } from 'vitest';
import type { WidgetSource } from '../live/source.ts';
import { ownRehearsal, rehearsalOf, withoutOthers } from './ownRehearsal.ts';

const real = { id: 'al-1', rehearsal: null };
const mine = { id: 'al-2', rehearsal: 'run-1' };
const others = { id: 'al-3', rehearsal: 'run-2' };

test('a wall that takes no part sees the city alone; one that does sees its own rehearsal', () => {
  expect(withoutOthers([real, mine, others], null)).toEqual([real]);
  expect(withoutOthers([real, mine, others], 'run-1')).toEqual([real, mine]);
  const untouched = [real, mine];
  expect(withoutOthers(untouched, 'run-1')).toBe(untouched);
});

test('only a story that is rehearsed makes a wall take part', () => {
  const story = { run: 'run-1', isRehearsal: true } as never;
  expect([rehearsalOf({ story }), rehearsalOf({ story: { run: 'run-1', isRehearsal: false } as never }), rehearsalOf({}), rehearsalOf(null)]).toEqual(['run-1', null, null, null]);
});

test('widgets read what stands on their wall, and everything else as it is', () => {
  class City {
    #now = 7;
    items: readonly object[] = [real, mine, others];
    get now() {
      return this.#now;
    }
    unitName(code: string | null) {
      return `${code} ${this.#now}`;
    }
    topic() {
      return { items: this.items, isReady: true, fault: null };
    }
    sensors() {
      return { items: [{ ref: 's-1', rehearsal: 'run-2' }], isReady: true, fault: null };
    }
  }
  const city = new City();
  const wall = { run: null as string | null };
  const source = ownRehearsal(city as unknown as WidgetSource, () => wall.run);
  const before = source.topic('alert').items;
  expect(before).toEqual([real]);
  expect(source.topic('alert').items).toBe(before);
  wall.run = 'run-2';
  expect(source.topic('alert').items).toEqual([real, others]);
  expect(source.sensors().items).toHaveLength(1);
  city.items = [mine];
  expect(source.topic('alert').items).toEqual([]);
  expect([source.now, source.unitName('20242'), source.topic('alert').isReady]).toEqual([7, '20242 7', true]);
});
