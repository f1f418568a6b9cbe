import { cp, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRealClock } from '../../../kernel/clock.ts';
import { createLog } from '../../../kernel/log.ts';
import { StoreUnavailable } from '../errors.ts';
import { templateFolder } from '../testEngines.ts';
import { createEmbeddedEngine, type EmbeddedEngine } from './embedded.ts';
import { maintain } from './maintenance.ts';
import { storeFolderOf } from './storeFolder.ts';

/** Two polygons whose intersection makes the geometry library throw. */
const THROWS = `select st_intersection('POLYGON((0 0,10 10,10 0,0 10,0 0))'::geometry, 'POLYGON((1 1,9 1,9 9,1 9,1 1))'::geometry)`;

describe('embedded engine', () => {
  let folder: string;
  let engine: EmbeddedEngine;
  const open = (dataFolder: string) =>
    createEmbeddedEngine({ dataFolder, templateFolder: templateFolder(), log: createLog('silent'), clock: createRealClock() });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tc-embedded-'));
    engine = await open(folder);
    await engine.query('create table mark (id int primary key)');
  });
  afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => untilServed(() => engine.query('truncate mark')));

  const ids = () => untilServed(() => engine.query<{ id: number }>('select id from mark order by id')).then((rows) => rows.map(({ id }) => id));

  it('keeps its data folder to its owner', async () => {
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  describe('guard against lost exceptions', () => {
    it.each([
      ['alone', THROWS],
      ['between other statements', `select 1; insert into mark values (7); ${THROWS}; insert into mark values (8)`],
      ['in a block', `do $$ begin insert into mark values (9); perform st_buffer('POINT(0 0)'::geometry, 'NaN'); insert into mark values (10); end $$`],
      ['half way through one statement', `insert into mark select case when n < 3 then n else n + st_npoints(st_buffer('POINT(0 0)'::geometry, 'NaN')) end from generate_series(1, 5) n`],
      ['by endless recursion', `create function endless() returns int language plpgsql as 'begin return endless(); end'; select endless()`],
    ])('turns one %s into an error and keeps nothing', async (_where, sql) => {
      const before = engine.health().restarts;
      await expect(engine.query(sql)).rejects.toMatchObject({ code: 'XX000' });
      expect(await ids()).toEqual([]);
      expect(engine.health().restarts).toBe(before + 1);
    }, 60_000);

    it('keeps nothing of a statement with parameters either', async () => {
      const sql = `insert into mark select case when n < 3 then n else n + st_npoints(st_buffer('POINT(0 0)'::geometry, $1::float8)) end from generate_series(1, 5) n`;
      await expect(engine.query(sql, ['NaN'])).rejects.toMatchObject({ code: 'XX000' });
      expect(await ids()).toEqual([]);
    });

    it('refuses to commit a transaction around one, before and after', async () => {
      const work = engine.tx(async (tx) => {
        await tx.query('insert into mark values (1)');
        await tx.query(THROWS).catch(() => undefined);
        await tx.query('insert into mark values (2)').catch(() => undefined);
      });
      await expect(work).rejects.toThrow('rolled back');
      expect(await ids()).toEqual([]);
    });
  });

  it('refuses COPY FROM STDIN, which would break the protocol', async () => {
    await expect(engine.query('copy mark from stdin')).rejects.toMatchObject({ code: '0A000' });
    expect(await ids()).toEqual([]);
  });

  it('loses nothing that was committed when the thread is ended', async () => {
    const done: number[] = [];
    const write = async (id: number) => {
      await engine.query('insert into mark values ($1)', [id]);
      done.push(id);
    };
    const writing = Array.from({ length: 200 }, (_, id) => write(id));
    await Promise.race(writing);
    await engine.recycle('a test');
    const failures = (await Promise.allSettled(writing)).filter((write) => write.status === 'rejected');
    for (const { reason } of failures) expect(reason).toBeInstanceOf(StoreUnavailable);
    expect(done.length).toBeGreaterThan(0);
    expect(await ids()).toEqual(expect.arrayContaining(done));
  });

  it('opens from a snapshot with what it held, and keeps three', async () => {
    await engine.query('insert into mark values (41)');
    const snapshot = await engine.snapshot();
    await engine.query('insert into mark values (42)');
    for (let more = 0; more < 2; more += 1) await engine.snapshot();
    const elsewhere = await mkdtemp(join(tmpdir(), 'tc-snapshot-'));
    await cp(snapshot, storeFolderOf(elsewhere), { recursive: true });
    const copy = await open(elsewhere);
    expect(await copy.query('select id from mark')).toEqual([{ id: 41 }]);
    await copy.close();
    await engine.snapshot();
    const kept = await readdir(join(folder, 'snapshots'));
    expect(kept).toHaveLength(3);
    expect(kept.some((name) => snapshot.endsWith(name))).toBe(false);
    await rm(elsewhere, { recursive: true });
  });

  it('says what is wrong with a snapshot that cannot be written, and goes on', async () => {
    const barred = join(folder, 'snapshots');
    await rm(barred, { recursive: true });
    await writeFile(barred, 'in the way');
    await expect(engine.snapshot()).rejects.toThrow();
    await rm(barred);
    expect(await ids()).toEqual([]);
    expect(await engine.snapshot()).toContain(barred);
  });

  it('cleans up after many writes as a server would in the background', async () => {
    const bytes = async () => (await engine.query<{ bytes: number }>(`select pg_relation_size('mark') as bytes`))[0]!.bytes;
    await engine.query('insert into mark select generate_series(1, 20000)');
    const once = await bytes();
    for (let turn = 0; turn < 3; turn += 1) {
      await engine.query('update mark set id = id + 100000');
      await maintain(engine);
    }
    expect(await bytes()).toBeLessThan(once * 2.5);
  });
});

async function untilServed<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
}
