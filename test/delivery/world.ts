import pg from 'pg';
import { expect } from 'vitest';
import { call, signIn } from '../support/door.ts';
import { startSite, type Site } from '../support/nodes.ts';
import { makePerson } from '../support/people.ts';
import { startProduct, type Product } from '../support/product.ts';
import { createTcpProxy, type TcpProxy } from '../support/tcpProxy.ts';
import { openListener, type Listener, type Mangle } from './listener.ts';
import { FLAP_MS, type Step } from './schedule.ts';
import { createSource, type Source } from './source.ts';

/** One of the two wards that alerts fall in. */
const WARD = '20242';
/** A screen that is not whole by then has lost something; the promise is 5 s, and the slowest is printed. */
const LOST_AFTER_MS = 30_000;

export interface Told {
  schedules: number;
  steps: number;
  kills: number;
  storeFaults: number;
  cuts: number;
  joins: number;
  restores: number;
  slowestMs: number;
}

/** Two servers, one store, five screens and a source that never gives up. */
export interface World {
  readonly told: Told;
  readonly source: Source;
  play(steps: readonly Step[]): Promise<void>;
  close(): Promise<void>;
}

/** Loses every fifth push and lets every seventh come behind the next. */
function unruly(): Mangle {
  let count = 0;
  let held: (() => void) | undefined;
  return (pass) => {
    count++;
    if (count % 5 === 0) return;
    if (count % 7 === 0) return void (held = pass);
    pass();
    held?.();
    held = undefined;
  };
}

export async function openWorld(environment: Record<string, string> = {}): Promise<World> {
  const site: Site = await startSite();
  /** A server that comes back has the time of that moment, as every machine has. */
  const settings = () => ({ IOC_CLOCK: new Date().toISOString(), ...environment });
  const servers: Product[] = [await site.add(settings()), await site.add(settings())];
  const ports = servers.map(({ url }) => Number(new URL(url).port));
  const urls = ports.map((port) => () => `http://127.0.0.1:${port}`);
  const cookie = await signIn(urls[0]!());
  const tokenOf = (text: string) => text.slice(text.indexOf('=') + 1);
  const watcher = await makePerson(urls[0]!(), cookie, 'nguoi-truc', 'operator');
  const proxies: TcpProxy[] = await Promise.all(ports.map(createTcpProxy));
  const token = tokenOf(cookie);
  const whole: Listener[] = [
    ...urls.map((url) => openListener(url(), token)),
    ...proxies.map(({ port }) => openListener(`http://127.0.0.1:${port}`, token)),
    openListener(urls[0]!(), token, { mangle: unruly() }),
  ];
  const narrow = openListener(`http://127.0.0.1:${proxies[1]!.port}`, tokenOf(watcher.cookie));
  const source = createSource();
  const told: Told = { schedules: 0, steps: 0, kills: 0, storeFaults: 0, cuts: 0, joins: 0, restores: 0, slowestMs: 0 };
  let isNarrow = false;
  /** Screens that came in the middle of the sending; they go when the schedule is over. */
  const newcomers: Listener[] = [];

  const withStore = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ connectionString: site.cluster.url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const kill = async (at: number) => {
    const { dataFolder } = servers[at]!;
    await servers[at]!.kill('SIGKILL');
    told.kills++;
    servers[at] = await startProduct({ dataFolder, environment: { DATABASE_URL: site.cluster.url, REDIS_URL: site.redis.url, ...settings(), IOC_PORT: String(ports[at]) } });
  };
  /** The store as an older backup has it: what came later is gone, and a new epoch begins. */
  const restore = () =>
    withStore(async (client) => {
      await client.query('begin');
      const { rows } = await client.query<{ seq: string }>('select seq from event_head for update');
      const kept = Math.floor(Number(rows[0]!.seq) * 0.7);
      await client.query(`delete from alert a using event_log e where e.seq > $1 and e.thing = 'al-' || a.n and e.rev = 1`, [kept]);
      for (const table of ['message', 'event_log']) await client.query(`delete from ${table} where seq > $1`, [kept]);
      await client.query('update event_head set seq = $1, epoch = gen_random_uuid()', [kept]);
      await client.query('commit');
      source.forgetAfter(kept);
      told.restores++;
    });
  const untilReady = async () => {
    for (const url of urls) await expect.poll(async () => (await fetch(`${url()}/readyz`).catch(() => undefined))?.status, { timeout: LOST_AFTER_MS }).toBe(200);
  };

  const untilOnline = () => expect.poll(() => [...whole, ...newcomers, narrow].every(({ isOnline }) => isOnline), { timeout: LOST_AFTER_MS, interval: 50 }).toBe(true);
  const heal = () => proxies.forEach((proxy) => proxy.heal());

  const act = async (step: Step): Promise<void> => {
    told.steps++;
    switch (step.do) {
      case 'burst': return source.burst(urls[step.at]!, step.count);
      case 'repeat': return source.repeat(urls[step.at]!, step.count);
      case 'other-body': return source.otherBody(urls[step.at]!, step.count);
      case 'both': return source.both(urls, step.count);
      case 'heal': return heal();
      case 'one-by-one':
        heal();
        await untilOnline();
        for (let n = 0; n < step.count; n++) {
          await source.burst(urls[step.at]!, 1);
          await check();
        }
        return;
      case 'newcomers': {
        const url = urls[step.at]!;
        for (let n = 0; n < step.count; n++) {
          const sending = [source.burst(url, 1), source.burst(url, 1), source.burst(url, 1)];
          newcomers.push(openListener(url(), token));
          told.joins++;
          await Promise.all(sending);
        }
        return source.burst(url, 1);
      }
      case 'cut':
        told.cuts++;
        return proxies[step.at]!.cut(step.how);
      case 'flap':
        for (let n = 0; n < step.times; n++) {
          told.cuts++;
          proxies[step.at]!.cut('rst');
          const sending = source.burst(urls[step.at]!, 1);
          await new Promise((resolve) => setTimeout(resolve, FLAP_MS));
          await sending;
        }
        return;
      case 'kill': {
        const sending = source.burst(urls[step.at]!, step.count);
        await kill(step.at);
        return sending;
      }
      case 'crash-store': {
        told.storeFaults++;
        const sending = source.burst(urls[0]!, 20);
        await site.cluster.crash();
        return sending;
      }
      case 'freeze-store': {
        told.storeFaults++;
        const sending = source.burst(urls[1]!, 20);
        site.cluster.freeze(true);
        await new Promise((resolve) => setTimeout(resolve, step.ms));
        site.cluster.freeze(false);
        return sending;
      }
      case 'stall':
        told.storeFaults++;
        return withStore(async (client) => {
          await client.query('begin');
          await client.query('select seq from event_head for update');
          const sending = Promise.all([source.burst(urls[0]!, 10), source.burst(urls[1]!, 10)]);
          await new Promise((resolve) => setTimeout(resolve, step.ms));
          await client.query('rollback');
          await sending;
        });
      case 'narrow':
        isNarrow = step.isNarrow;
        await withStore((client) => client.query(`update account set units = $2 where 'ac-' || id = $1`, [watcher.id, isNarrow ? [WARD] : null]));
        return;
      case 'step-clock': {
        const { at } = await call<{ at: number }>(urls[step.at]!(), cookie, '/api/v1/clock');
        await call(urls[step.at]!(), cookie, '/api/v1/clock', { at: at + 60_000 });
        return;
      }
      case 'restore': return restore();
    }
  };

  const stored = () =>
    withStore(async (client) => {
      const log = await client.query<{ seq: string; key: string; topic: string }>('select seq, key, topic from event_log order by seq');
      const alerts = await client.query<{ ref: string; title: string; ward: string | null }>('select ref, title, ward from alert');
      return { log: log.rows.map((row) => ({ ...row, seq: Number(row.seq) })), alerts: new Map(alerts.rows.map((row) => [row.ref, row])) };
    });

  const check = async () => {
    const calmAt = performance.now();
    const expected = [...source.answered.keys()].sort();
    const { log, alerts } = await stored();
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => at + 1));
    const taken = log.filter(({ topic, key }) => topic === 'alert' && source.sent.has(key));
    expect(taken.map(({ key }) => key).sort()).toEqual(expected);
    expect(new Map(taken.map(({ key, seq }) => [key, seq]))).toEqual(new Map(source.answered));
    for (const key of expected) expect(alerts.get(key)?.title).toBe(source.sent.get(key)!.title);

    const mine = expected.filter((key) => !isNarrow || alerts.get(key)?.ward === WARD);
    const gaps = () => [...[...whole, ...newcomers].map((screen) => [screen, expected] as const), [narrow, mine] as const].map(([screen, right]) => {
      const shown = screen.shown();
      const known = new Set(right);
      return { missing: right.filter((key) => !shown.has(key)).length, false: [...shown.keys()].filter((key) => source.sent.has(key) && !known.has(key)).length };
    });
    await expect.poll(gaps, { timeout: LOST_AFTER_MS, interval: 50 }).toEqual(gaps().map(() => ({ missing: 0, false: 0 })));
    told.slowestMs = Math.max(told.slowestMs, performance.now() - calmAt);
  };

  return {
    told,
    source,
    async play(steps) {
      for (const step of steps) await act(step);
      heal();
      await untilReady();
      await untilOnline();
      await check();
      for (const screen of newcomers.splice(0)) screen.close();
      told.schedules++;
    },
    async close() {
      for (const screen of [...whole, ...newcomers, narrow]) screen.close();
      for (const proxy of proxies) await proxy.close();
      await Promise.all(servers.map((server) => server.close()));
      await site.close();
    },
  };
}
