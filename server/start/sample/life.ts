import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Catalogue } from '../../domain/indicator/catalogue.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Lifecycle } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Random } from '../../kernel/random.ts';
import type { Engine } from '../../store/engine/engine.ts';
import { postTo } from '../feedRunner.ts';
import { ROOT } from '../root.ts';
import { readSampleLines, sampleHistory } from './history.ts';
import { createHistoryTeller } from './historyTeller.ts';
import { createSampleUnits, type SampleUnitsDeps } from './units.ts';

interface SampleLifeDeps extends Pick<SampleUnitsDeps, 'accounts' | 'commands'> {
  life: Lifecycle;
  engine: Engine;
  clock: Clock;
  log: Log;
  random: Random;
  catalogue(): Catalogue;
  target: { url: string; bearer: string };
  dataFolder: string;
}

const OPENED = `select 'rc-' || n as id, unit, title from red_case where state = 'opened' and provenance = 'simulated'`;

/** What the sample city does beside its feed: agencies that answer, and the years that lie behind. */
export function openSampleLife({ life, accounts, commands, engine, clock, log, random, catalogue, target, dataFolder }: SampleLifeDeps): void {
  life.add('sample-units', createSampleUnits({ accounts, commands, clock, log, password: () => randomUUID() + randomUUID(), opened: () => engine.query(OPENED) }));
  const lines = readSampleLines(ROOT);
  const told = random.fork('history');
  const send = async (items: readonly object[]) => (await postTo(target, 'indicator', items)).ok;
  life.add('sample-history', createHistoryTeller({ values: () => sampleHistory(lines, catalogue(), clock.now(), told), send, markFile: join(dataFolder, 'sample-history.json'), log }));
}
