import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSilentLog } from '../../kernel/log.ts';
import { createRegister } from '../../feeds/simulate/register.ts';
import { createRandom } from '../../kernel/random.ts';
import { loadCatalogue, loadServices } from '../catalogue.ts';
import { ROOT } from '../root.ts';
import { readSampleLines, sampleHistory, type SampleValue } from './history.ts';
import { placeReadings, readSamplePlaces } from './places.ts';
import { createPlacesTeller } from './placesTeller.ts';
import { createHistoryTeller } from './historyTeller.ts';

const AT = Date.parse('2026-10-20T10:00:00+07:00');
const catalogue = loadCatalogue(ROOT).catalogue!;
const lines = readSampleLines(ROOT);
const values = () => sampleHistory(lines, catalogue, AT, createRandom(1));

it('is 36 months of each indicator at a fictitious agency, marked simulated, the same whenever asked', () => {
  const all = values();
  expect(all).toEqual(values());
  expect(new Set(lines.map(({ code }) => code)).size).toBeGreaterThan(120);
  expect(lines.every(({ unit, code }) => unit.startsWith('SM-') && catalogue.indicators.has(code))).toBe(true);
  expect(all.every(({ item: { provenance, at, value } }) => provenance === 'simulated' && at <= AT && Number.isFinite(value))).toBe(true);
  expect([...new Set(all.map(({ source }) => source))]).toEqual(['', 'a', 'b']);
  expect(all.filter(({ item }) => item.code === 'YT-01')).toHaveLength(36);
});

it('holds every percentage of a whole between 0 and 100, in the history and in what goes on coming', () => {
  const register = createRegister('thu', createRandom(1));
  type Told = SampleValue['item'];
  const coming = [...register.opening(AT), ...register.between(AT, AT + 400 * 86_400_000)].filter(({ topic }) => topic === 'indicator').map(({ item }) => item as unknown as Told);
  const told = [...values().map(({ item }) => item), ...coming];
  const shares = told.filter(({ code }) => catalogue.indicators.get(code)?.ofWhole);
  expect(new Set(shares.map(({ code }) => code)).size).toBeGreaterThan(60);
  expect(shares.length).toBeGreaterThan(2000);
  expect(shares.filter(({ value }) => value < 0 || value > 100)).toEqual([]);
});

it('goes through the door once and is not told again after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'toan-canh-history-'));
  const few: SampleValue[] = values().slice(0, 450);
  const told: string[] = [];
  const open = (send: (items: readonly SampleValue[]) => Promise<boolean>) => createHistoryTeller({ values: () => few, send, markFile: join(folder, 'told.json'), log: createSilentLog(), beginMs: 0, restMs: 0 });
  let refusals = 1;
  const first = open(async (items) => {
    if (refusals-- > 0) return false;
    told.push(...items.map(({ item }) => item.key));
    return true;
  });
  await expect.poll(() => told.length).toBe(450);
  await first.close();
  const second = open(async (items) => Boolean(told.push(...items.map(({ item }) => item.key))));
  await second.close();
  expect(new Set(told).size).toBe(told.length);
  rmSync(folder, { recursive: true, force: true });
});

it('has a reading for every place of every kind that a service watches, simulated, inside what a day knows', () => {
  const places = readSamplePlaces(ROOT);
  const packs = [...loadServices(ROOT).read.packs.values()];
  const read = (at: number) => placeReadings(places, packs, at, createRandom(1));
  const watched = packs.flatMap(({ gauges = [] }) => gauges.map(({ kind }) => kind));
  expect(read(AT)).toEqual(read(AT));
  expect(read(AT)).toHaveLength(places.length);
  expect(places.every(({ kind, name }) => watched.includes(kind) && name.includes('mẫu'))).toBe(true);
  expect(read(AT).every(({ value, provenance, ref }) => provenance === 'simulated' && places.some((place) => place.ref === ref && value >= place.low && value <= place.high))).toBe(true);
  const evening = Date.parse('2026-10-20T20:00:00+07:00');
  expect(read(evening).find(({ ref }) => ref === 'beds-a')!.value).toBeGreaterThan(read(AT).find(({ ref }) => ref === 'beds-a')!.value);
  expect(placeReadings(places, [], AT, createRandom(1))).toEqual([]);
});

it('is told again and again through the door until it is closed', async () => {
  let told = 0;
  const teller = createPlacesTeller({ readings: () => placeReadings(readSamplePlaces(ROOT).slice(0, 3), loadServices(ROOT).read.packs.values(), AT, createRandom(1)), send: async (items) => void (told += items.length), beginMs: 0, everyMs: 0 });
  await expect.poll(() => told).toBeGreaterThan(6);
  await teller.close();
  const last = told;
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toBe(last);
});
