import { createWorkApp, type WorkApp } from '../../../server/http/testing/workApp.ts';
import { quantile, resultOf, type Result, type Row } from '../row.ts';

const MANY = 100_000;
const OPEN = 2000;
const BATCH = 5000;
const FIRST = 1_000_000;
const WORDS = ['rac chua thu gom', 'den duong hong', 'o ga lon', 'via he bi lan chiem', 'nuoc ngap sau mua', 'tieng on ban dem', 'cay nga do', 'day dien thap'];
const SEARCHES = ['o ga lon', 'ngập sâu', 'den duong', 'cây ngã đổ', 'hẻm 4711', 'hẻm 99 đèn', 'trạm bơm'];
const DAY_MS = 86_400_000;

/** Reports spread over the city and a year, most of them finished, the newest still open. */
async function fill({ store }: WorkApp): Promise<void> {
  const now = store.clock.now();
  for (let from = 1; from < MANY; from += BATCH) await store.engine.query(
    `insert into feedback (n, source, ref, rev, service, description, address, state, ward, place, provenance, reported_at, received_at, updated_at, due_at, search_key)
     overriding system value
     select ${FIRST} + i, 'bench', 'b-' || i, 1, (array['environment', 'urban-order', 'infrastructure', 'drainage'])[1 + i % 4], ($2::text[])[1 + i % 8] || ' hem ' || i, 'Hẻm ' || i,
       case when i > ${MANY - OPEN} then 'received' else 'closed' end, case when i % 2 = 0 then '20242' else '20263' end,
       st_setsrid(st_makepoint(108.15 + (i::bigint * 7919 % 10000) / 83000.0, 16.0 + (i::bigint * 104729 % 10000) / 90000.0), 4326), 'simulated',
       $1 - (${MANY} - i)::bigint * ${Math.round((365 * DAY_MS) / MANY)}, $1, $1, $1 + ${DAY_MS}, ($2::text[])[1 + i % 8] || ' hem ' || i
     from generate_series($3::int, $3 + ${BATCH - 1}) i`,
    [now, WORDS, from],
  );
  await store.engine.query(`select setval('feedback_n_seq', ${FIRST + MANY + 1})`);
  await store.engine.query('analyze feedback');
}

/** Work at the desk with a year of reports behind it, on the embedded store: an act, a list, a search, the repeats of a report. */
export const row: Row = {
  name: 'work',
  async measure({ rounds, say }) {
    const work = await createWorkApp();
    const headers = { cookie: '__Host-ioc=operator' };
    const timed = async (count: number, act: (turn: number) => Promise<{ statusCode: number }>): Promise<number[]> => {
      const taken: number[] = [];
      for (let turn = 0; turn < count; turn += 1) {
        const startedAt = performance.now();
        const { statusCode } = await act(turn);
        taken.push(performance.now() - startedAt);
        if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
      }
      return taken;
    };
    const get = (url: string) => work.app.inject({ method: 'GET', url, headers });
    try {
      await fill(work);
      const count = 60 * rounds;
      const triage = await timed(count, (turn) => work.app.inject({ method: 'POST', url: '/api/v1/commands/feedback.assign', headers, payload: { id: `fb-${FIRST + MANY - turn}`, unit: '20242' } }));
      const list = await timed(count, () => get('/api/v1/feedback?limit=100&state=received&kind=environment'));
      const search = await timed(count, (turn) => get(`/api/v1/feedback?limit=50&q=${encodeURIComponent(SEARCHES[turn % SEARCHES.length]!)}${turn % 2 === 0 ? '' : '&kind=environment&state=closed'}`));
      const similar = await timed(count, (turn) => get(`/api/v1/feedback/fb-${FIRST + MANY - 500 - turn}/similar`));
      const figures: [string, number[], number][] = [['work.triage', triage, 150], ['work.list', list, 200], ['work.search', search, 200], ['work.similar', similar, 50]];
      return figures.map(([name, taken, aim]): Result => {
        say(`${name}: p95 ${quantile(taken, 0.95).toFixed(1)} ms of ${aim} ms, n = ${taken.length}`);
        return resultOf(name, 'ms', taken, { against: 'its aim', peer: aim, aim: `p95 ≤ ${aim} ms over ${MANY.toLocaleString('en')} reports, ${OPEN.toLocaleString('en')} open` });
      });
    } finally {
      await work.close();
    }
  },
};
