import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Catalogue } from '../../domain/indicator/catalogue.ts';
import type { AccountsPort } from '../../domain/ports/accounts.ts';
import type { PackFile } from '../../domain/service/pack.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Lifecycle } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Random } from '../../kernel/random.ts';
import type { Engine } from '../../store/engine/engine.ts';
import { postTo } from '../feedRunner.ts';
import { ROOT } from '../root.ts';
import { readSampleLines, sampleHistory, type SampleValue } from './history.ts';
import { createHistoryTeller } from './historyTeller.ts';
import { placeReadings, readSamplePlaces } from './places.ts';
import { createPlacesTeller } from './placesTeller.ts';
import vendors from './vendors.vi.json' with { type: 'json' };
import { createSampleUnits, type SampleUnitsDeps } from './units.ts';

interface SampleLifeDeps extends Pick<SampleUnitsDeps, 'commands'> {
  accounts: Pick<AccountsPort, 'createAccount' | 'listAccounts' | 'renewKey'>;
  life: Lifecycle;
  engine: Engine;
  clock: Clock;
  log: Log;
  random: Random;
  catalogue(): Catalogue;
  packs(): ReadonlyMap<string, PackFile>;
  target: { url: string; bearer: string };
  dataFolder: string;
}

const OPENED = `select 'rc-' || n as id, unit, title from red_case where state = 'opened' and provenance = 'simulated'`;

/** What the sample city does beside its feed: agencies that answer, and the years that lie behind. */
export function openSampleLife({ life, accounts, commands, engine, clock, log, random, catalogue, packs, target, dataFolder }: SampleLifeDeps): void {
  life.add('sample-units', createSampleUnits({ accounts, commands, clock, log, password: () => randomUUID() + randomUUID(), opened: () => engine.query(OPENED) }));
  const lines = readSampleLines(ROOT);
  const told = random.fork('history');
  const keys = new Map([['', Promise.resolve(target.bearer)]]);
  const keyOf = (source: string) => {
    const key = keys.get(source) ?? accounts.renewKey(`sample${source}`, { id: `sample-${source}`, name: vendors[source as 'a'], topics: ['indicator'], provenance: 'simulated' });
    keys.set(source, key);
    return key;
  };
  const send = async (values: readonly SampleValue[]) => {
    for (const [source, own] of Map.groupBy(values, (one) => one.source)) {
      const answer = await postTo({ ...target, bearer: await keyOf(source) }, 'indicator', own.map(({ item }) => item));
      if (!answer.ok) return false;
    }
    return true;
  };
  life.add('sample-history', createHistoryTeller({ values: () => sampleHistory(lines, catalogue(), clock.now(), told), send, markFile: join(dataFolder, 'sample-history.json'), log }));
  const places = readSamplePlaces(ROOT);
  const read = random.fork('places');
  const tell = async (items: readonly object[]) => {
    const answer = await postTo(target, 'sensor', items);
    if (!answer.ok) log.warn({ fault: answer.fault.code }, 'the door does not take the readings of the sample places');
  };
  life.add('sample-places', createPlacesTeller({ readings: () => placeReadings(places, packs().values(), clock.now(), read), send: tell }));
}
