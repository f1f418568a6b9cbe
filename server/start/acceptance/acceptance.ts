import words from './text.vi.json' with { type: 'json' };

/** One check of the customer: what was promised, whether it was seen. */
export interface Checked {
  id: keyof typeof words;
  ok: boolean;
  seen: string;
  tookMs: number;
}

type Step = (ask: Ask) => Promise<string>;
type Ask = (path: string, init?: RequestInit) => Promise<Response>;

const DUE_MS = 5000;

async function jsonOf<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()) as T;
}

const send = (method: string, body: object): RequestInit => ({ method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** The checks, in the order of the sheet. Each says what it saw, or throws with what it did not. */
const stepsFor = (url: string): Record<keyof typeof words, Step> => ({
  ready: async (ask) => {
    const { version } = await jsonOf<{ version: string }>(await ask('/readyz'));
    return version;
  },
  refused: async (ask) => {
    const { status } = await fetchApart(ask, '/api/v1/users');
    if (status !== 401) throw new Error(`HTTP ${status}`);
    return 'HTTP 401';
  },
  pages: async (ask) => {
    for (const path of ['/', '/desk', '/wall/w2x2', '/admin', '/setup', '/system']) if (!(await ask(path)).ok) throw new Error(path);
    return '6';
  },
  map: async (ask) => {
    const text = JSON.stringify(await jsonOf(await ask('/geo/style.json')));
    const outside = [...text.matchAll(/https?:\/\/([^/"']+)/g)].map(([, host]) => host).filter((host) => !url.endsWith(`//${host}`));
    if (outside.length > 0) throw new Error(outside.join(', '));
    return '0';
  },
  ingest: async (ask) => {
    const { key } = await jsonOf<{ key: string }>(await ask('/api/v1/keys', send('POST', { id: 'nghiemthu', name: 'Nghiệm thu', topics: ['alert'], provenance: 'simulated' })));
    const item = { key: `nghiem-thu-${Date.now()}`, at: Date.now(), kind: 'flood', level: 4, title: 'Nghiệm thu: cảnh báo thử', position: [108.2123, 16.0612] };
    const startedAt = Date.now();
    const { results } = await jsonOf<{ results: { status: string; id?: string }[] }>(await ask('/api/v1/ingest/alert', { ...send('POST', [item]), headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` } }));
    if (results[0]?.status !== 'accepted') throw new Error(results[0]?.status ?? '–');
    const again = await jsonOf<{ results: { status: string }[] }>(await ask('/api/v1/ingest/alert', { ...send('POST', [item]), headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` } }));
    if (again.results[0]?.status !== 'duplicate') throw new Error('duplicate');
    const tookMs = Date.now() - startedAt;
    if (tookMs > DUE_MS) throw new Error(`${tookMs} ms`);
    return `${results[0].id ?? ''}, ${tookMs} ms`;
  },
  connectors: async (ask) => String((await jsonOf<{ items: unknown[] }>(await ask('/api/v1/connectors'))).items.length),
  backup: async (ask) => {
    const { backups } = await jsonOf<{ backups: { madeAt: number; tested: { ok: boolean } | null }[] }>(await ask('/api/v1/upkeep'));
    const good = backups.find(({ tested }) => tested?.ok === true);
    if (!good) throw new Error(words.backup);
    return new Date(good.madeAt).toISOString();
  },
  audit: async (ask) => {
    const { ok, lines } = await jsonOf<{ ok: boolean; lines: number }>(await ask('/api/v1/audit/verify'));
    if (!ok) throw new Error('✗');
    return String(lines);
  },
});

/** The same question of somebody who is not signed in. */
const fetchApart = (ask: Ask, path: string) => ask(path, { headers: { cookie: '' } });

/** Runs every check against a running installation. Writes one simulated alert and one ingest key. */
export async function runAcceptance(url: string, password: string, say: (line: string) => void): Promise<Checked[]> {
  let cookie = '';
  const ask: Ask = (path, init = {}) => fetch(`${url}${path}`, { ...init, headers: { cookie, ...(init.headers as Record<string, string>) }, redirect: 'manual' });
  const session = await ask('/api/v1/session', send('POST', { user: 'admin', password }));
  cookie = session.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const results: Checked[] = [];
  for (const [id, step] of Object.entries(stepsFor(url)) as [keyof typeof words, Step][]) {
    const startedAt = performance.now();
    const outcome = await step(ask).then(
      (seen) => ({ ok: true, seen }),
      (error: unknown) => ({ ok: false, seen: error instanceof Error ? error.message : String(error) }),
    );
    results.push({ id, ...outcome, tookMs: Math.round(performance.now() - startedAt) });
    say(`${outcome.ok ? '✓' : '✗'} ${words[id]}: ${outcome.seen}`);
  }
  return results;
}

/** The sheet that is signed. */
export function sheetOf(url: string, results: readonly Checked[], at: Date): string {
  const lines = results.map(({ id, ok, seen, tookMs }, index) => `| ${index + 1} | ${words[id]} | ${ok ? 'Đạt' : 'KHÔNG ĐẠT'} | ${seen} | ${tookMs} ms |`);
  const good = results.filter(({ ok }) => ok).length;
  return ['', '# BIÊN BẢN NGHIỆM THU KỸ THUẬT', '', `Hệ thống: ${url}`, `Thời điểm: ${at.toLocaleString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh' })}`, '', '| TT | Nội dung | Kết quả | Ghi nhận | Thời gian |', '|---|---|---|---|---|', ...lines, '', `Đạt ${good}/${results.length}.`, '', 'Đại diện đơn vị sử dụng: ……………………………   Đại diện đơn vị triển khai: ……………………………', ''].join('\n');
}
