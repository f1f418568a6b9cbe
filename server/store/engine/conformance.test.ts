import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConstraintViolation, StoreConflict, StoreUnavailable } from './errors.ts';
import { createTestEngine, testEngineKinds, type TestEngine } from './testEngines.ts';

const DEADLINE_MS = 4000;

describe.each(testEngineKinds())('engine %s', (kind) => {
  let test: TestEngine;
  beforeAll(async () => {
    test = await createTestEngine(kind, { deadlineMs: DEADLINE_MS });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.wipe();
    await test.engine.query(
      `create table ward (id int primary key, name text not null, valid daterange,
         constraint name_given check (name <> ''), exclude using gist (id with =, valid with &&))`,
    );
  });

  const count = async () => (await test.engine.query<{ n: number }>('select count(*) as n from ward'))[0]!.n;
  const add = (id: number, name = 'Hải Châu') => test.engine.query('insert into ward (id, name) values ($1, $2)', [id, name]);

  describe('values', () => {
    it('reads every type the store uses alike', async () => {
      const [row] = await test.engine.query(`
        select 9007199254740991::bigint as big, 1.50::numeric as money, 0.1::float8 as ratio, true as flag, null::text as nothing,
          date '2026-03-01' as day, timestamptz '2026-03-01 07:00+07' as at, '{"a":[1,null]}'::jsonb as body, array[1,2] as list,
          '\\x00ff'::bytea as bytes, interval '90 s' as span, st_astext('POINT(108.2 16.06)'::geometry) as place,
          current_setting('timezone') as zone, 'Đà Nẵng'::text as name`);
      expect(row).toEqual({
        big: 9007199254740991, money: '1.50', ratio: 0.1, flag: true, nothing: null,
        day: '2026-03-01', at: new Date('2026-03-01T00:00:00Z'), body: { a: [1, null] }, list: [1, 2],
        bytes: Buffer.from([0, 255]), span: expect.objectContaining({ minutes: 1, seconds: 30 }), place: 'POINT(108.2 16.06)',
        zone: 'UTC', name: 'Đà Nẵng',
      });
    });

    it('is never compiled, whatever the planner guesses', async () => {
      expect(await test.engine.query(`select pg_jit_available() and current_setting('jit')::boolean as compiles`)).toEqual([{ compiles: false }]);
    });

    it('takes arrays, objects, bytes and nothing as parameters', async () => {
      const params = [['a', null], JSON.stringify({ b: 1 }), Buffer.from([7]), null, new Date(0)];
      const rows = await test.engine.query('select $1::text[] as list, $2::jsonb as body, $3::bytea as bytes, $4::int as nothing, $5::timestamptz as at', params);
      expect(rows).toEqual([{ list: ['a', null], body: { b: 1 }, bytes: Buffer.from([7]), nothing: null, at: new Date(0) }]);
    });

    it('refuses a bigint that no number can hold', async () => {
      await expect(test.engine.query('select 9007199254740993::bigint as big')).rejects.toThrow(RangeError);
      expect(await count()).toBe(0);
    });

    it('has the four extensions, Vietnamese without marks and the Đà Nẵng zone of VN-2000', async () => {
      const [row] = await test.engine.query(`
        select unaccent('Đà Nẵng') as plain, similarity('hai chau', 'hải châu') > 0 as close,
          st_srid(st_transform('SRID=4326;POINT(108.2 16.06)'::geometry, 5899)) as srid`);
      expect(row).toEqual({ plain: 'Da Nang', close: true, srid: 5899 });
    });
  });

  describe('statements', () => {
    it('keeps named statements of two connections apart', async () => {
      const [one, two] = await Promise.all([test.engine.pool.connect(), test.engine.pool.connect()]);
      const ask = (client: pg.PoolClient, text: string) => client.query({ name: 'same', text, values: [5] }).then(({ rows }) => rows[0]);
      expect(await ask(one, 'select $1::int + 1 as n')).toEqual({ n: 6 });
      expect(await ask(two, 'select $1::int * 2 as n')).toEqual({ n: 10 });
      expect(await ask(one, 'select $1::int + 1 as n')).toEqual({ n: 6 });
      one.release();
      two.release();
    });

    it('reads a cursor in steps, and a portal that suspends', async () => {
      const steps = await test.engine.tx(async (tx) => {
        await tx.query('declare ids no scroll cursor for select generate_series(1, 5) as id');
        return [await tx.query('fetch 3 from ids'), await tx.query('fetch 3 from ids')].map((rows) => rows.length);
      });
      expect(steps).toEqual([3, 2]);
      const client = await test.engine.pool.connect();
      const suspended = await client.query({ text: 'select generate_series(1, $1::int) as id', values: [7], rows: 3 } as pg.QueryConfig);
      client.release();
      expect(suspended.rows).toHaveLength(7);
    });

    it('answers twenty queries at once, each with its own rows', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => test.engine.query<{ i: number }>('select $1::int as i, pg_sleep(0.005)', [i])));
      expect(answers.map(([row]) => row!.i)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    });

    it('carries five megabytes there and back', async () => {
      const text = 'ă'.repeat(2_500_000);
      const [row] = await test.engine.query<{ same: boolean; text: string }>('select $1::text as text', [text]);
      expect(row!.text === text).toBe(true);
    });

    it('stays usable after a syntax error', async () => {
      await expect(test.engine.query('selec 1')).rejects.toMatchObject({ code: '42601' });
      expect(await count()).toBe(0);
    });
  });

  describe('transactions', () => {
    it('commits what returns and rolls back what throws', async () => {
      expect(await test.engine.tx(async (tx) => (await tx.query<{ id: number }>(`insert into ward values (1, 'Thanh Khê') returning id`))[0]!.id)).toBe(1);
      const failing = test.engine.tx(async (tx) => {
        await tx.query(`insert into ward values (2, 'Sơn Trà')`);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await count()).toBe(1);
    });

    it('hides an open transaction from others until its commit', async () => {
      const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
      const { promise: written, resolve: tellWritten } = Promise.withResolvers<void>();
      const open = test.engine.tx(async (tx) => {
        await tx.query(`insert into ward values (1, 'Hòa Vang')`);
        tellWritten();
        await mayCommit;
      });
      await written;
      const seen = count();
      commit();
      await open;
      expect([0, 1]).toContain(await seen);
      expect(await count()).toBe(1);
    });

    it('never reports a commit that the server turned into a rollback', async () => {
      const careless = test.engine.tx(async (tx) => {
        await tx.query(`insert into ward values (1, 'Cẩm Lệ')`);
        await tx.query('select 1/0').catch(() => undefined);
      });
      await expect(careless).rejects.toThrow('rolled back');
      expect(await count()).toBe(0);
    });

    it('refuses the engine inside a transaction, where it would wait for itself', async () => {
      await expect(test.engine.tx(() => count())).rejects.toThrow('use the handle');
      expect(await count()).toBe(0);
    });

    it('reads from one moment when asked, and writes nothing when read only', async () => {
      const work = test.engine.tx((tx) => tx.query(`insert into ward values (1, 'x')`), { isolation: 'repeatable read', readOnly: true });
      await expect(work).rejects.toMatchObject({ code: '25006' });
    });

    it('rolls back what a dropped connection had open, and serves the next', async () => {
      const client = await test.engine.pool.connect();
      await client.query('begin');
      await client.query(`insert into ward values (1, 'Ngũ Hành Sơn')`);
      client.release(true);
      await add(2);
      expect(await count()).toBe(1);
    });

    it('ends a transaction that does nothing past the deadline', async () => {
      const client = await test.engine.pool.connect();
      const { promise: lost, resolve } = Promise.withResolvers<void>();
      client.once('error', () => resolve());
      await client.query('begin');
      await client.query(`insert into ward values (1, 'Liên Chiểu')`);
      // Those who ask meanwhile, and wait where there is one session for all, do not keep it alive.
      const knocks: Promise<unknown>[] = [];
      const knocking = setInterval(() => knocks.push(test.engine.query('select 1')), DEADLINE_MS / 8);
      await lost;
      clearInterval(knocking);
      client.release(true);
      await Promise.all(knocks);
      expect(await count()).toBe(0);
    }, DEADLINE_MS * 4);
  });

  describe('refusals', () => {
    it.each([
      ['unique', 'ward_pkey', `insert into ward values (1, 'a'), (1, 'b')`],
      ['unique', 'ward_id_valid_excl', `alter table ward drop constraint ward_pkey; insert into ward values (1, 'a', '[2026-01-01,)'), (1, 'b', '[2026-02-01,)')`],
      ['check', 'name_given', `insert into ward values (1, '')`],
      ['required', 'name', `insert into ward values (1, null)`],
    ])('names the %s rule %s', async (rule, constraint, sql) => {
      const error = await test.engine.query(sql).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConstraintViolation);
      expect(error).toMatchObject({ rule, constraint });
      expect(await count()).toBe(0);
    });

    it('names a missing reference', async () => {
      await test.engine.query('create table camera (ward int constraint ward_known references ward)');
      await expect(test.engine.query('insert into camera values (9)')).rejects.toMatchObject({ rule: 'reference', constraint: 'ward_known' });
    });

    it('calls a serialization failure a conflict', async () => {
      const failing = test.engine.query(`do $$ begin raise exception 'met' using errcode = '40001'; end $$`);
      await expect(failing).rejects.toBeInstanceOf(StoreConflict);
    });
  });

  describe('wake-ups', () => {
    it('wakes on a committed notify, not on a rolled back one, and not after close', async () => {
      let wakes = 0;
      const { promise: woken, resolve } = Promise.withResolvers<void>();
      const listening = await test.engine.listen('log', () => {
        wakes += 1;
        resolve();
      });
      await test.engine.tx(async (tx) => { await tx.query('notify log'); throw new Error('no'); }).catch(() => undefined);
      await test.engine.query('notify other');
      expect(wakes).toBe(0);
      await test.engine.query('notify log');
      await woken;
      expect(wakes).toBe(1);
      await listening.close();
    });

    it('listens again after the database was killed', async () => {
      let wake = Promise.withResolvers<void>();
      const listening = await test.engine.listen('again', () => wake.resolve());
      await test.crash();
      await wake.promise;
      wake = Promise.withResolvers<void>();
      await untilServed(() => test.engine.query('notify again'));
      await wake.promise;
      await listening.close();
    });
  });

  describe('absence', () => {
    it('stops a statement past its deadline as unavailable, and goes on', async () => {
      const startedAt = performance.now();
      await expect(test.engine.query('select count(*) from generate_series(1, 1e12)')).rejects.toBeInstanceOf(StoreUnavailable);
      expect(performance.now() - startedAt).toBeLessThan(DEADLINE_MS + 3000);
      expect(await untilServed(count)).toBe(0);
    });

    it('fails what is in flight within three seconds when the database is killed, and recovers by itself', async () => {
      await add(1);
      const inFlight = [0, 1, 2].map(() => test.engine.query('select pg_sleep(3.5)').catch((error: unknown) => error));
      const begun = await test.engine.pool.connect();
      begun.release();
      const killedAt = performance.now();
      const served = test.crash();
      const errors = await Promise.all(inFlight);
      expect(performance.now() - killedAt).toBeLessThan(3000);
      for (const error of errors) expect(error).toBeInstanceOf(StoreUnavailable);
      await served;
      expect(await untilServed(count)).toBe(1);
      expect(test.engine.health().state).toBe('ready');
    });
  });
});

/** What a caller does with a 503: tries again. Anything but StoreUnavailable is a failure of the test. */
async function untilServed<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
}
