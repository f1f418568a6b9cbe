import seen from './seen.vi.json' with { type: 'json' };
import words from './text.vi.json' with { type: 'json' };

/** One check of the customer: what was promised, whether it was seen. */
export interface Checked {
  id: keyof typeof words;
  ok: boolean;
  seen: string;
  tookMs: number;
}

/** Who signs in for the checks. `code`: of the authenticator, when the account has one. */
export interface Signer {
  password: string;
  code?: string | undefined;
}

type Step = (ask: Ask) => Promise<string>;
type Ask = (path: string, init?: RequestInit) => Promise<Response>;

const DUE_MS = 5000;
const CLOCK_MS = 2000;
const LEAST_FREE = 0.1;
const MONTH_MS = 30 * 86_400_000;
const SOURCE = 'nghiemthu';
const ENTRY = { kind: 'flood', level: 4, title: 'Nghiệm thu: cảnh báo thử', position: [108.2123, 16.0612] };

/** Why a question got no answer, in words that say what to do. */
function whyNot(error: unknown): string {
  const code = error instanceof Error ? (error.cause as { code?: string } | undefined)?.code : undefined;
  if (code && /CERT|SIGNATURE|ISSUER/.test(code)) return `${seen.trust} (${code})`;
  if (error instanceof TypeError) return code ? `${seen.away} (${code})` : seen.away;
  return error instanceof Error ? error.message : String(error);
}

async function jsonOf<T>(answer: Response): Promise<T> {
  if (answer.ok) return (await answer.json()) as T;
  const said = (await answer.json().catch(() => null)) as { fault?: { message: string } } | null;
  throw new Error(`HTTP ${answer.status}${said?.fault ? `: ${said.fault.message}` : ''}`);
}

const send = (method: string, body: object, headers: Record<string, string> = {}): RequestInit => ({ method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

/** Posts a test alert, the same again, finds it, and ends it: nothing of it stays open. */
async function tryDoor(ask: Ask): Promise<string> {
  const { key } = await jsonOf<{ key: string }>(await ask('/api/v1/keys', send('POST', { id: SOURCE, name: 'Nghiệm thu', topics: ['alert'], provenance: 'simulated' })));
  const post = async (item: object) => {
    const { results } = await jsonOf<{ results: { status: string; id?: string }[] }>(await ask('/api/v1/ingest/alert', send('POST', [item], { authorization: `Bearer ${key}` })));
    return results[0] ?? { status: '–' };
  };
  try {
    const at = Date.now();
    const item = { ...ENTRY, key: `nghiem-thu-${at}`, at };
    const first = await post(item);
    if (first.status !== 'accepted') throw new Error(first.status);
    const { items } = await jsonOf<{ items: { id: string }[] }>(await ask('/api/v1/alerts?limit=200'));
    const tookMs = Date.now() - at;
    if (!items.some(({ id }) => id === first.id)) throw new Error(seen.notSeen);
    const again = await post(item);
    await post({ ...item, key: `${item.key}-het`, ref: item.key, status: 'ended' });
    if (again.status !== 'duplicate') throw new Error(seen.twice);
    if (tookMs > DUE_MS) throw new Error(`${tookMs} ms`);
    return `${first.id ?? ''}, ${tookMs} ms`;
  } finally {
    await ask(`/api/v1/keys/${key.split('_')[1] ?? ''}/revoke`, send('POST', {}));
  }
}

/** The checks, in the order of the sheet. Each says what it saw, or throws with what it did not. */
const stepsFor = (url: string, signIn: Step): Record<keyof typeof words, Step> => ({
  signIn,
  ready: async (ask) => {
    const { version } = await jsonOf<{ version: string }>(await ask('/readyz'));
    const { store } = await jsonOf<{ store: { kind: 'embedded' | 'postgres' } }>(await ask('/api/v1/system'));
    return `${version}, ${seen[store.kind]}`;
  },
  clock: async (ask) => {
    const askedAt = Date.now();
    const { clock } = await jsonOf<{ clock: { realAt: number } }>(await ask('/api/v1/system'));
    const apartMs = Math.round(clock.realAt - (askedAt + Date.now()) / 2);
    if (Math.abs(apartMs) > CLOCK_MS) throw new Error(`${apartMs} ms`);
    return `${apartMs} ms`;
  },
  refused: async (ask) => {
    const { status } = await ask('/api/v1/users', { headers: { cookie: '' } });
    if (status !== 401) throw new Error(`HTTP ${status}`);
    return 'HTTP 401';
  },
  pages: async (ask) => {
    const paths = ['/', '/desk', '/wall/w2x2', '/admin', '/setup', '/system'];
    for (const path of paths) if (!(await ask(path)).ok) throw new Error(path);
    return `${paths.length} ${seen.pages}`;
  },
  map: async (ask) => {
    const text = JSON.stringify(await jsonOf(await ask('/geo/style.json')));
    const outside = [...text.matchAll(/https?:\/\/([^/"']+)/g)].map(([, host]) => host).filter((host) => !url.endsWith(`//${host}`));
    if (outside.length > 0) throw new Error(outside.join(', '));
    return `0 ${seen.outside}`;
  },
  ingest: tryDoor,
  connectors: async (ask) => {
    const { items } = await jsonOf<{ items: { name: string; state: string }[] }>(await ask('/api/v1/connectors'));
    const failing = items.filter(({ state }) => state === 'failing');
    if (failing.length > 0) throw new Error(failing.map(({ name }) => name).join(', '));
    return `0/${items.length}`;
  },
  disk: async (ask) => {
    const { disk } = await jsonOf<{ disk: { freeBytes: number; totalBytes: number } | null }>(await ask('/api/v1/system'));
    const share = disk ? disk.freeBytes / disk.totalBytes : 0;
    const said = `${seen.free} ${Math.floor(share * 100)} %`;
    if (share < LEAST_FREE) throw new Error(said);
    return said;
  },
  backup: async (ask) => {
    const { backups } = await jsonOf<{ backups: { name: string; tested: { ok: boolean; detail: string } | null }[] }>(await ask('/api/v1/upkeep'));
    const good = backups.find(({ tested }) => tested?.ok === true);
    if (!good) throw new Error(seen.noBackup);
    // On PostgreSQL the machine reads a backup again but restores it nowhere, and says so.
    return [good.name, good.tested?.detail].filter(Boolean).join(': ');
  },
  certificates: async (ask) => {
    const { certificates } = await jsonOf<{ certificates: { of: string; until: number }[] }>(await ask('/api/v1/upkeep'));
    const short = certificates.filter(({ until }) => until - Date.now() < MONTH_MS);
    if (short.length > 0) throw new Error(short.map(({ of }) => of).join(', '));
    return certificates.length === 0 ? seen.noCertificate : `0/${certificates.length}`;
  },
  audit: async (ask) => {
    const { ok, lines } = await jsonOf<{ ok: boolean; lines: number }>(await ask('/api/v1/audit/verify'));
    if (!ok) throw new Error('✗');
    return `${lines} ${seen.lines}`;
  },
});

/** Runs every check against a running installation; without a session the rest is not asked. Leaves one ended, simulated alert and a revoked key. */
export async function runAcceptance(url: string, { password, code }: Signer, say: (line: string) => void): Promise<Checked[]> {
  let cookie = '';
  const ask: Ask = (path, init = {}) => fetch(`${url}${path}`, { ...init, headers: { cookie, ...(init.headers as Record<string, string>) }, redirect: 'manual' });
  const signIn: Step = async () => {
    const session = await ask('/api/v1/session', send('POST', { user: 'admin', password, ...(code ? { totp: code } : {}) }));
    cookie = session.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    const { mustChangePassword, mustEnrolCode } = await jsonOf<{ mustChangePassword: boolean; mustEnrolCode: boolean }>(session);
    if (mustChangePassword || mustEnrolCode) throw new Error(seen.unfinished);
    return seen.signed;
  };
  const results: Checked[] = [];
  for (const [id, step] of Object.entries(stepsFor(url, signIn)) as [keyof typeof words, Step][]) {
    const startedAt = performance.now();
    const outcome = await step(ask).then(
      (what) => ({ ok: true, seen: what }),
      (error: unknown) => ({ ok: false, seen: whyNot(error) }),
    );
    results.push({ id, ...outcome, tookMs: Math.round(performance.now() - startedAt) });
    say(`${outcome.ok ? '✓' : '✗'} ${words[id]}: ${outcome.seen}`);
    if (id === 'signIn' && !outcome.ok) break;
  }
  return results;
}
