import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as rest } from 'node:timers/promises';
import type { Connector, ConnectorRun } from '#contract/connector.ts';
import { call, signIn } from '../../support/door.ts';
import { startProduct } from '../../support/product.ts';
import { resultOf, type Row } from '../row.ts';

const DAYS = 100;
const ROWS_A_DAY = { full: 10_000, reduced: 500 };
const DAY_MS = 86_400_000;
const TO = Date.UTC(2026, 8, 1);
const ID = 'do-nhap-lai';

/** An archive of official documents, as many each day, given by date and page. */
async function startArchive(rowsADay: number) {
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://archive').searchParams;
    const [day, page, size] = [Number(query.get('from')) / DAY_MS, Number(query.get('page')), Number(query.get('size'))];
    const from = (page - 1) * size;
    const rows = Array.from({ length: Math.max(0, Math.min(size, rowsADay - from)) }, (_, n) => ({ id: `v-${day}-${from + n}`, at: day * DAY_MS + (from + n) * 8, number: `${from + n}/TB-VP`, issuedOn: new Date(day * DAY_MS).toISOString().slice(0, 10), title: `Thông báo số ${from + n}` }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ rows }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => new Promise<void>((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }) };
}

/** A million documents of the past, day by day: how fast, what `/healthz` waits meanwhile, and how soon it stops when told to. */
export const row: Row = {
  name: 'backfill',
  isFullOnly: true,
  async measure({ isFull, say }) {
    const rowsADay = isFull ? ROWS_A_DAY.full : ROWS_A_DAY.reduced;
    const archive = await startArchive(rowsADay);
    const product = await startProduct();
    try {
      const cookie = await signIn(product.url);
      const path = `/api/v1/connectors/${ID}`;
      const connector = {
        id: ID, name: 'Đo nhập lại', topic: 'document', provenance: 'real', format: 'json', items: 'rows', schedule: { dailyAt: '02:00' },
        way: { kind: 'http', url: `${archive.url}?from={since}&to={until}&page={page}&size={size}`, method: 'GET', auth: { kind: 'none' }, paging: { kind: 'page', first: 1, size: 2000 }, since: { form: 'ms', overlapS: 0, firstHours: 1 }, allowPrivate: true, timeoutS: 60 },
        mapping: { key: '{id}', map: { at: 'at', number: 'number', issuedOn: 'issuedOn', title: 'title', issuer: { value: 'Văn phòng' }, direction: { value: 'in' } } },
      };
      await call(product.url, cookie, path, { connector, secrets: {}, rev: 0 }, 'PUT');
      const fill = (days: number) => call<ConnectorRun>(product.url, cookie, `${path}/backfill`, { from: TO - days * DAY_MS, to: TO, sliceHours: 24 });
      const newest = async () => (await call<{ items: ConnectorRun[] }>(product.url, cookie, `${path}/runs`)).items.find(({ kind }) => kind === 'backfill')!;
      const silences: number[] = [];
      const until = async (wanted: (run: ConnectorRun) => boolean) => {
        for (let told = 0; ; ) {
          const at = performance.now();
          await fetch(`${product.url}/healthz`).then((answer) => answer.text());
          silences.push(performance.now() - at);
          const run = await newest();
          if (run.fault) throw new Error(JSON.stringify(run.fault));
          if (wanted(run)) return run;
          if (run.share >= told) {
            say(`${Math.round(run.share * 100)} %, ${run.accepted} rows`);
            told = run.share + 0.1;
          }
          await rest(200);
        }
      };
      const startedAt = performance.now();
      await fill(DAYS);
      const done = await until(({ state }) => state !== 'running');
      const tookS = (performance.now() - startedAt) / 1000;
      if (done.accepted !== DAYS * rowsADay) throw new Error(`${done.accepted} of ${DAYS * rowsADay} rows entered, ${done.rejected} were refused: ${done.refused[0]?.reason ?? ''}`);
      await fill(DAYS);
      await until(({ share }) => share > 0);
      const askedAt = performance.now();
      await call(product.url, cookie, `${path}/cancel`, {});
      const stopped = await until(({ state }) => state !== 'running');
      if (stopped.state !== 'cancelled' || stopped.accepted > 0) throw new Error(`it ended as ${stopped.state} with ${stopped.accepted} new rows`);
      const { running } = (await call<{ items: Connector[] }>(product.url, cookie, '/api/v1/connectors')).items[0]!;
      if (running) throw new Error('it still runs');
      return [
        resultOf('backfill.rows', 'rows', [done.accepted], { against: 'what the archive holds', peer: DAYS * rowsADay, aim: 'all, none twice' }),
        resultOf('backfill.whole', 's', [tookS], { against: 'nothing', aim: 'with progress by the day' }),
        resultOf('backfill.rate', 'rows/s', [done.accepted / tookS], { against: 'nothing', aim: 'reported' }),
        resultOf('backfill.silence', 'ms', silences, { against: 'nothing', aim: 'others are answered meanwhile' }),
        resultOf('backfill.cancel', 's', [(performance.now() - askedAt) / 1000], { against: 'nothing', aim: 'within the day that is under way' }),
      ];
    } finally {
      await product.close();
      await archive.close();
    }
  },
};
