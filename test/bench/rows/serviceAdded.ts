import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSilentLog } from '../../../server/kernel/log.ts';
import { followCatalogue } from '../../../server/start/catalogue.ts';
import { createRedBench } from '../../../server/store/red/testing/bench.ts';
import { ROOT } from '../../house/tree.ts';
import { resultOf, type Row } from '../row.ts';

const INDICATORS = 30;
const CHANGES = 7;

const manifest = (name: string) => `service: ${name}
name: { vi: "Nông nghiệp", en: "Agriculture" }
group: later
state: { is: planned, since: 2026-10-01, reason: "Mới khai báo" }
vendors: []
sources: [{ id: nganh, name: "Báo cáo ngành" }]
required: [${name}-1]
alertKinds: []
mapLayers: []
reportFigures: []
`;
const indicator = (name: string, n: number) => `  - { code: ${name}-${n}, name: { vi: "Chỉ tiêu ${n}", en: "Indicator ${n}" }, unitOfMeasure: { vi: "%", en: "%" }, direction: higher, period: month, goal: ${name}, ownerKind: agency, source: "Báo cáo ngành", legalBasis: "mức mẫu", reportDueDays: 5, rules: [{ from: 2020-01-01, red: 0.8, amber: 0.9, low: 0.6 }], targets: [{ from: 2020-01-01, value: 10 }] }`;
const catalogue = (name: string) => `service: ${name}
name: { vi: "Nông nghiệp", en: "Agriculture" }
goals: [{ code: ${name}, name: { vi: "Nông nghiệp", en: "Agriculture" } }]
indicators:
${Array.from({ length: INDICATORS }, (_, index) => indicator(name, index + 1)).join('\n')}
`;

/** From the last file of a new service of 30 indicators to its rules in force, in a running server. */
export const row: Row = {
  name: 'service.added',
  async measure({ rounds }) {
    const root = mkdtempSync(join(tmpdir(), 'toan-canh-added-'));
    for (const folder of ['server/services', 'layouts']) cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
    const bench = await createRedBench('embedded');
    const folders = await followCatalogue({ root, log: createSilentLog(), use: bench.red.use });
    try {
      const taken: number[] = [];
      for (let turn = 0; turn < CHANGES * rounds; turn++) {
        const name = `nn${turn}`;
        const folder = join(root, 'server/services', name);
        mkdirSync(join(folder, 'catalogue'), { recursive: true });
        const inForce = new Promise<void>((resolve) => folders.whenChanged(async (packs) => void (packs.has(name) && resolve())));
        writeFileSync(join(folder, 'service.yaml'), manifest(name));
        writeFileSync(join(folder, 'catalogue', 'a.yaml'), catalogue(name));
        const startedAt = performance.now();
        await inForce;
        taken.push(performance.now() - startedAt);
        if (folders.refused().length > 0) throw new Error(folders.refused()[0]!.reason);
      }
      return [resultOf('service.added', 'ms', taken, { against: 'one second', peer: 1000, aim: 'no restart' })];
    } finally {
      await folders.close();
      await bench.close();
      rmSync(root, { recursive: true, force: true });
    }
  },
};
