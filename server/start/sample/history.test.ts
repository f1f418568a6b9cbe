import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSilentLog } from '../../kernel/log.ts';
import { createRandom } from '../../kernel/random.ts';
import { loadCatalogue } from '../catalogue.ts';
import { ROOT } from '../root.ts';
import { readSampleLines, sampleHistory, type SampleValue } from './history.ts';
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
  expect(all.every(({ provenance, at, value }) => provenance === 'simulated' && at <= AT && Number.isFinite(value))).toBe(true);
  expect(all.filter(({ code }) => code === 'YT-01')).toHaveLength(36);
});

it('goes through the door once and is not told again after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'toan-canh-history-'));
  const few: SampleValue[] = values().slice(0, 450);
  const told: string[] = [];
  const open = (send: (items: readonly SampleValue[]) => Promise<boolean>) => createHistoryTeller({ values: () => few, send, markFile: join(folder, 'told.json'), log: createSilentLog(), beginMs: 0, restMs: 0 });
  let refusals = 1;
  const first = open(async (items) => {
    if (refusals-- > 0) return false;
    told.push(...items.map(({ key }) => key));
    return true;
  });
  await expect.poll(() => told.length).toBe(450);
  await first.close();
  const second = open(async (items) => Boolean(told.push(...items.map(({ key }) => key))));
  await second.close();
  expect(new Set(told).size).toBe(told.length);
  rmSync(folder, { recursive: true, force: true });
});
