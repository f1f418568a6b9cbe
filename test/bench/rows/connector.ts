import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as rest } from 'node:timers/promises';
import type { Connector } from '#contract/connector.ts';
import { cpuOfTree } from '../../support/cpuTime.ts';
import { call, signIn } from '../../support/door.ts';
import { startProduct, type Product } from '../../support/product.ts';
import { resultOf, type Row } from '../row.ts';

const ROWS_PER_S = 100;
const WARM_MS = 5000;
const SPAN_MS = 30_000;
const ID = 'do-nhanh';

/** A vendor with a hundred new readings a second since it began, that gives what lies between two moments. */
async function startVendor() {
  const beganAt = Date.now();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://vendor');
    const [from, to] = [Number(url.searchParams.get('from')), Number(url.searchParams.get('to'))];
    const step = 1000 / ROWS_PER_S;
    const rows = [];
    for (let n = Math.ceil(Math.max(from, beganAt) / step); n * step < to; n++) rows.push({ id: `d-${n}`, at: Math.round(n * step), value: (n % 400) / 100, lng: 108.2 + (n % 50) / 1000, lat: 16.05 });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => new Promise<void>((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }) };
}

/** Share of one core the product used over a span. Units: %. */
async function shareOver(product: Product): Promise<number> {
  const before = cpuOfTree(product.child.pid!);
  const startedAt = performance.now();
  await rest(SPAN_MS);
  return ((cpuOfTree(product.child.pid!) - before) / (performance.now() - startedAt)) * 100;
}

/** What a connection that brings 100 rows a second costs, over the same product without it: asked every second, mapped, checked, taken. */
export const row: Row = {
  name: 'connector',
  async measure({ rounds, say }) {
    const vendor = await startVendor();
    const product = await startProduct();
    try {
      const cookie = await signIn(product.url);
      const path = `/api/v1/connectors/${ID}`;
      const turn = (isOn: boolean) => call<Connector>(product.url, cookie, `${path}/state`, { isOn });
      const connector = {
        id: ID, name: 'Đo nhanh', topic: 'sensor', provenance: 'real', format: 'json', items: '', schedule: { everyS: 1 },
        way: { kind: 'http', url: `${vendor.url}?from={since}&to={until}`, method: 'GET', auth: { kind: 'none' }, paging: { kind: 'none' }, since: { form: 'ms', overlapS: 0, firstHours: 1 }, allowPrivate: true, timeoutS: 10 },
        mapping: { key: '{id}', map: { at: 'at', ref: 'id', value: 'value', kind: { value: 'water-level' }, unitOfMeasure: { value: 'm' }, position: { lon: 'lng', lat: 'lat' } } },
      };
      await call(product.url, cookie, path, { connector, secrets: {}, rev: 0 }, 'PUT');
      const look = async () => (await call<{ items: Connector[] }>(product.url, cookie, '/api/v1/connectors')).items[0]!;
      const [costs, rates]: [number[], number[]] = [[], []];
      for (let round = 0; round < rounds; round++) {
        const idle = await shareOver(product);
        await turn(true);
        await rest(WARM_MS);
        const before = (await look()).accepted;
        const working = await shareOver(product);
        const { accepted, fault } = await look();
        if (fault) throw new Error(JSON.stringify(fault));
        await turn(false);
        rates.push((accepted - before) / (SPAN_MS / 1000));
        costs.push(working - idle);
        say(`idle ${idle.toFixed(1)} %, working ${working.toFixed(1)} % of a core at ${rates.at(-1)!.toFixed(0)} rows/s`);
      }
      return [
        resultOf('connector.cpu', '% of a core', costs, { against: 'the limit', peer: 5, aim: '< 5 % at 100 rows/s, over the same product without it' }),
        resultOf('connector.rate', 'rows/s', rates, { against: 'what the vendor makes', peer: ROWS_PER_S, aim: 'all of them' }),
      ];
    } finally {
      await product.close();
      await vendor.close();
    }
  },
};
