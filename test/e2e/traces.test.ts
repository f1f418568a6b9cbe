import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { tracesOf } from '../../server/kernel/trace/otlp.ts';
import { openBrowser } from '../support/browser.ts';
import { keepScene, signIn } from '../support/door.ts';
import { INGEST_KEY, startProduct, type Product } from '../support/product.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';

type Told = ReturnType<typeof tracesOf>['resourceSpans'][number]['scopeSpans'][number]['spans'][number];

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SENDER = '00f067aa0ba902b7';

let collector: Server;
const told: Told[] = [];
let browser: Browser;
let product: Product;
let screens: Screens;

beforeAll(async () => {
  collector = createServer((request, reply) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      for (const { scopeSpans } of (JSON.parse(text) as ReturnType<typeof tracesOf>).resourceSpans) told.push(...scopeSpans.flatMap(({ spans }) => spans));
      reply.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  [browser, product] = await Promise.all([openBrowser(), startProduct({ environment: { IOC_TRACES: `http://127.0.0.1:${port}/v1/traces` } })]);
  await keepScene(product.url, await signIn(product.url), 'w2x2');
  screens = await openScreens(browser, product);
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
  collector?.close();
});

test('the way of an alert is told from the door to the painted page, in the trace its sender began', async () => {
  const { page } = await screens.open('/wall/w2x2/r1c2');
  await untilState(page, 'live');
  await page.locator('[data-widget="alert-list"]:not([data-state="loading"])').waitFor();
  const alert = { key: 'trace-1', at: Date.now() - 1000, kind: 'flood', level: 3, title: 'Điểm ngập có dấu vết', position: [108.21, 16.06] };
  const answer = await fetch(`${product.url}/api/v1/ingest/alert`, { method: 'POST', headers: { authorization: `Bearer ${INGEST_KEY}`, 'content-type': 'application/json', traceparent: `00-${TRACE}-${SENDER}-01` }, body: JSON.stringify([alert]) });
  expect(answer.status).toBe(200);
  await page.locator('[data-widget="alert-list"] li .title', { hasText: alert.title }).waitFor();

  const ours = () => told.filter(({ traceId }) => traceId === TRACE);
  const names = () => ours().map(({ name }) => name).sort();
  await expect.poll(names, { timeout: 60_000 }).toEqual(['door', 'live.push', 'log.read', 'page.paint', 'store.commit']);
  const of = new Map(ours().map((span) => [span.name, span]));
  const commit = of.get('store.commit')!;
  expect([of.get('door')!.parentSpanId, commit.parentSpanId]).toEqual([SENDER, of.get('door')!.spanId]);
  for (const name of ['log.read', 'live.push', 'page.paint']) expect(of.get(name)!.parentSpanId, name).toBe(commit.spanId);
  const startOf = (name: string) => BigInt(of.get(name)!.startTimeUnixNano);
  expect(startOf('door') <= startOf('store.commit')).toBe(true);
  expect(startOf('live.push') <= BigInt(of.get('page.paint')!.endTimeUnixNano)).toBe(true);
  expect(screens.faults()).toEqual([]);
});
