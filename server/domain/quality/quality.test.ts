import { describe, expect, it } from 'vitest';
import { okay } from '#contract/faults.ts';
import { createDoor } from '../door/door.ts';
import { createUnits } from '../units/units.ts';
import { scoresOf, shortOf, type QualityCounts } from './quality.ts';

const NOW = Date.parse('2026-10-05T10:00:00+07:00');
const HOUR = 3_600_000;
const COMMUNES = 200;
const PROMISED = HOUR;
const units = createUnits(Array.from({ length: COMMUNES }, (_, at) => ({ code: `X${at}`, name: `X${at}`, fullName: `Xã mẫu ${at}`, kind: 'commune' as const, search: `x${at}` })));

/** A feed of one value per commune and period, through the real door into a store that remembers keys. */
async function measure(change: (items: Record<string, unknown>[]) => Record<string, unknown>[], ageMs = 0): Promise<QualityCounts> {
  const keys = new Set<string>();
  const counts = { received: 0, wrong: 0, repeated: 0, damaged: 0 };
  const door = createDoor({
    clock: { now: () => NOW }, units, places: { isInVietnam: () => true, wardAt: () => null }, telemetry: { take: () => [] },
    store: {
      take: async (_source, _topic, items) => okay(items.map(({ key }, at) => ({ status: keys.has(key) ? ('duplicate' as const) : (keys.add(key), 'accepted' as const), id: `in-${at}`, epoch: 'e', seq: at }))),
      knownCameras: async () => okay(new Set<string>()),
    },
    witness: { note: (_source, { accepted, duplicates, damaged, faults }) => { counts.received += accepted + duplicates + faults.length; counts.wrong += faults.length; counts.repeated += duplicates; counts.damaged += damaged; } },
  });
  const clean = Array.from({ length: COMMUNES * 5 }, (_, at) => ({ key: `k${at}`, at: NOW, unit: `X${at % COMMUNES}`, code: 'K', period: `2026-0${1 + Math.floor(at / COMMUNES)}`, value: at }));
  const items = change(clean);
  for (let from = 0; from < items.length; from += 500) await door.ingest({ id: 'f', name: 'f', topics: null, provenance: 'real' }, 'indicator', items.slice(from, from + 500));
  return { ...counts, expected: COMMUNES * 5, ageMs, promisedMs: PROMISED };
}

const CLEAN = { correct: 100, complete: 100, clean: 100, live: 100 };
const every = (n: number) => (_: unknown, at: number) => at % n === 0;

describe('đúng, đủ, sạch, sống', () => {
  it('are full for a clean feed', async () => expect(scoresOf(await measure((items) => items))).toEqual(CLEAN));

  it('5 % wrong unit codes lower đúng by 5 and nothing else', async () => {
    const counts = await measure((items) => items.map((item, at) => (every(20)(item, at) ? { ...item, unit: 'KHONG-CO' } : item)));
    expect(scoresOf(counts)).toEqual({ ...CLEAN, correct: 95 });
  });

  it('10 % missing communes lower đủ by 10 and nothing else', async () => {
    const counts = await measure((items) => items.filter((_, at) => at % COMMUNES >= COMMUNES / 10));
    expect(scoresOf(counts)).toEqual({ ...CLEAN, complete: 90 });
  });

  it('3 % repeated messages lower sạch by what they are of all, and nothing else', async () => {
    const counts = await measure((items) => [...items, ...items.slice(0, 30)]);
    expect(scoresOf(counts)).toEqual({ ...CLEAN, clean: 97.1 });
  });

  it('damaged text lowers sạch', async () => {
    expect(scoresOf({ received: 100, wrong: 0, repeated: 0, damaged: 4, expected: 100, ageMs: 0, promisedMs: HOUR })).toEqual({ ...CLEAN, clean: 96 });
  });

  it('2 h beyond the promise lower sống by 2 of 24 h and nothing else', async () => {
    expect(scoresOf(await measure((items) => items, PROMISED + 2 * HOUR))).toEqual({ ...CLEAN, live: 91.7 });
  });

  it('say nothing about what can not be measured, and that reaches no demand', () => {
    const scores = scoresOf({ received: 0, wrong: 0, repeated: 0, damaged: 0, expected: null, ageMs: null, promisedMs: null });
    expect(scores).toEqual({ correct: null, complete: null, clean: null, live: null });
    expect(shortOf(scores, { live: 50 })).toEqual(['live']);
    expect(shortOf({ ...CLEAN, clean: 80 }, { clean: 90, live: 90 })).toEqual(['clean']);
  });
});
