import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSilentLog } from '../../kernel/log.ts';
import { migrate } from '../engine/migrate.ts';
import { createTestEngine, testEngineKinds, type TestEngine } from '../engine/testEngines.ts';

const ALERT = `insert into alert (source, ref, rev, kind, level, title, status, state, unit, ward, provenance, raised_at, received_at, updated_at, acknowledge_by, due_at, search_key)
  values ('s', $1, 1, 'flood', 1, $1, 'active', 'raised', $2, $3, 'manual', 0, 0, 0, 0, 0, $1)`;

describe.each(testEngineKinds())('rows of other units on %s', (kind) => {
  let store: TestEngine;
  const titles = () => store.engine.query<{ title: string }>('select title from alert order by n').then((rows) => rows.map(({ title }) => title));

  beforeAll(async () => {
    store = await createTestEngine(kind);
    await migrate(store.engine, createSilentLog());
    for (const [title, unit, ward] of [['east', '20242', null], ['west', '20257', null], ['east ward', null, '20242'], ['nobody', null, null]]) await store.engine.query(ALERT, [title, unit, ward]);
    expect(await store.engine.guardRows()).toBe(true);
  });
  afterAll(() => store.close());

  it('do not exist for a party of some units, whatever the query forgot to ask', async () => {
    expect(await titles()).toEqual(['east', 'west', 'east ward', 'nobody']);
    expect(await store.engine.narrow(new Set(['20242']), titles)).toEqual(['east', 'east ward']);
    expect(await store.engine.narrow(new Set(), titles)).toEqual([]);
    expect(await store.engine.narrow(null, titles)).toHaveLength(4);
  });

  it('cannot be reached by a code made to break out of the limit', async () => {
    expect(await store.engine.narrow(new Set([`x'; reset role; --`, '*', '20257,20242']), titles)).toEqual([]);
  });

  it('do exist for who is woken by a commit that waited behind such a party', async () => {
    const woken = Promise.withResolvers<string[]>();
    const listening = await store.engine.listen('told', () => void titles().then(woken.resolve, woken.reject));
    const [mine] = await Promise.all([store.engine.narrow(new Set(['20242']), titles), store.engine.query('notify told')]);
    expect(mine).toEqual(['east', 'east ward']);
    expect(await woken.promise).toHaveLength(4);
    await listening.close();
  });

  it('cannot be written by such a party, and the limit ends with the work', async () => {
    await expect(store.engine.narrow(new Set(['20242']), () => store.engine.query(`update alert set title = 'x'`))).rejects.toThrow();
    await expect(store.engine.narrow(new Set(['20242']), () => store.engine.tx((tx) => tx.query(`delete from alert`)))).rejects.toThrow();
    expect(await titles()).toHaveLength(4);
  });
});
