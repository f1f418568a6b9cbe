import { Client } from 'pg';
import { post, signIn } from '../../support/door.ts';
import { cpuOfTree } from '../../support/cpuTime.ts';
import { openInspector, type Inspector } from '../../support/inspector.ts';
import { figureOf } from '../../support/metrics.ts';
import { startSite, type Site } from '../../support/nodes.ts';
import type { Product } from '../../support/product.ts';
import { openCrowd, type Crowd } from '../crowd/crowd.ts';

/** How much is asked of the servers at once. Units: sockets, events a second, requests a second. */
export interface Cell {
  screens: number;
  events: number;
  requests: number;
}

/** What a cell came to over its time. Units: s, processor ms, bytes. */
export interface Driven extends Cell {
  seconds: number;
  sent: { events: number; requests: number };
  takingMs: number;
  besideMs: number;
  storeMs: number;
  wireBytes: number;
  logBytes: number;
  heapBytes: number;
}

/** Two servers on one store and one Redis: the first takes events and has the screens, the second only follows the log. */
export interface Plant {
  readonly first: Product;
  readonly cookie: string;
  drive(cell: Cell): Promise<Driven>;
  /** Commits a second when eight sources send one alert after the other, each as soon as the last is answered. */
  commits(): Promise<number>;
  /** Commits a second of eight connections that do nothing but take the next number of a log, durably: what one order allows at most. */
  head(): Promise<number>;
  close(): Promise<void>;
}

const WINDOW_MS = 5000;
const VEHICLES = 500;
/** Alerts that change again and again, so that what is open stays the same size. */
const THINGS = 2000;
const SENDERS = 8;
const AGAIN_MS = 300;
const COMMITS_MS = 4000;

let made = 0;
const alerts = (count: number) =>
  Array.from({ length: count }, () => ({ key: `c-${made++}`, ref: `c-${made % THINGS}`, at: Date.now(), kind: 'flood', level: 3, title: `Điểm ngập ${made}`, text: 'Nước dâng tại nút giao, xe máy đi chậm.', position: [108.1 + (made % 40) / 200, 15.98 + (made % 37) / 200] }));
const vehicles = (at: number) => Array.from({ length: VEHICLES }, (_, n) => ({ key: `v-${at}-${n}`, ref: `xe-${n}`, at, position: [108.2 + n / 10_000, 16.05 + (at % 1000) / 100_000], speedKmh: 30, headingDeg: 90, kind: 'bus' }));

/** Sends as a source does: again with the same keys when the store says that it has no time. */
async function give(url: string, topic: string, items: readonly object[]): Promise<void> {
  for (;;) {
    try {
      return void (await post(url, topic, items));
    } catch (error) {
      if (!String(error).includes('HTTP 503')) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

/** Begins each piece of work in its time, however long the last one took; ends when the last has ended. */
async function everySo(ms: number, untilAt: number, work: () => Promise<unknown>): Promise<number> {
  const running: Promise<unknown>[] = [];
  let count = 0;
  for (let at = performance.now(); at < untilAt; at += ms) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())));
    const begun = work();
    begun.catch(() => undefined);
    running.push(begun);
    count++;
  }
  await Promise.all(running);
  return count;
}

/** The setting reaches a connection a moment after it was made. */
async function expectDurable(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ fsync: string }>('show fsync');
    if (rows[0]?.fsync === 'on') return;
  }
}

export async function openPlant(): Promise<Plant> {
  const site: Site = await startSite();
  const first = await site.add({}, { isInspected: true });
  const second = await site.add();
  const inspector: Inspector = await openInspector(first);
  const cookie = await signIn(first.url);
  const token = cookie.slice(cookie.indexOf('=') + 1);
  const store = new Client({ connectionString: site.cluster.url });
  await store.connect();
  const logAt = async () => Number((await store.query<{ at: string }>(`select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as at`)).rows[0]!.at);

  const spent = () => ({ taking: cpuOfTree(first.child.pid!), beside: cpuOfTree(second.child.pid!), store: cpuOfTree(site.cluster.pid()) });
  const play = async (cell: Cell, crowd: Crowd | undefined): Promise<Driven> => {
    await inspector.collect();
    const heapBytes = (await figureOf(first.url, 'process_heap_bytes')) + (await figureOf(first.url, 'process_external_bytes'));
    await crowd?.ask({ do: 'count' });
    const [before, logBefore, startedAt] = [spent(), await logAt(), performance.now()];
    const untilAt = startedAt + WINDOW_MS;
    const perRequest = cell.requests === 0 ? 0 : cell.events / cell.requests;
    const moving = everySo(1000, untilAt, () => give(first.url, 'vehicle', vehicles(Date.now())));
    const requests = cell.requests === 0 ? 0 : await everySo(1000 / cell.requests, untilAt, () => give(first.url, 'alert', alerts(perRequest)));
    await moving;
    await crowd?.ask({ do: 'until', entries: requests * perRequest });
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, untilAt - performance.now())));
    const [after, seconds] = [spent(), (performance.now() - startedAt) / 1000];
    const wireBytes = (await crowd?.ask({ do: 'count' }))?.bytes ?? 0;
    return { ...cell, seconds, sent: { events: requests * perRequest, requests }, takingMs: after.taking - before.taking, besideMs: after.beside - before.beside, storeMs: after.store - before.store, wireBytes, logBytes: (await logAt()) - logBefore, heapBytes };
  };

  return {
    first,
    cookie,
    async drive(cell) {
      if (cell.screens === 0) return play(cell, undefined);
      const crowd = await openCrowd(first.url, token);
      try {
        await crowd.ask({ do: 'come', count: cell.screens, isWhole: true, stuck: 0, follows: true });
        return await play(cell, crowd);
      } finally {
        crowd.close();
      }
    },
    async commits() {
      const untilAt = performance.now() + COMMITS_MS;
      let done = 0;
      await Promise.all(Array.from({ length: SENDERS }, async (_, n) => {
        while (performance.now() < untilAt) {
          await give(n % 2 === 0 ? first.url : second.url, 'alert', alerts(1));
          done++;
        }
      }));
      return done / (COMMITS_MS / 1000);
    },
    async head() {
      await store.query(`alter system set fsync = 'on'`);
      await store.query('select pg_reload_conf()');
      await store.query('create table if not exists bench_head as select 0::bigint as seq');
      const clients = await Promise.all(Array.from({ length: SENDERS }, async () => {
        const client = new Client({ connectionString: site.cluster.url });
        await client.connect();
        return client;
      }));
      await expectDurable(clients[0]!);
      const untilAt = performance.now() + COMMITS_MS;
      let done = 0;
      await Promise.all(clients.map(async (client) => {
        while (performance.now() < untilAt) {
          await client.query('begin');
          await client.query('update bench_head set seq = seq + 1 returning seq');
          await client.query('commit');
          done++;
        }
        await client.end();
      }));
      await store.query('alter system reset fsync');
      await store.query('select pg_reload_conf()');
      return done / (COMMITS_MS / 1000);
    },
    async close() {
      inspector.close();
      await store.end();
      await site.close();
    },
  };
}
