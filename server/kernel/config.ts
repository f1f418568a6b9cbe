import { isIP } from 'node:net';
import { resolve } from 'node:path';

interface Key<T> {
  /** What it is for, in one sentence for the configuration guide. */
  reason: string;
  form: string;
  fallback: string;
  read(text: string): T | undefined;
}

const text = (reason: string, form: string, fallback: string, pattern: RegExp): Key<string> => ({
  reason,
  form,
  fallback,
  read: (value) => (pattern.test(value) ? value : undefined),
});

const oneOf = <T extends string>(reason: string, values: readonly T[], fallback: T): Key<T> => ({
  reason,
  form: values.join(' | '),
  fallback,
  read: (value) => values.find((known) => known === value),
});

const whole = (reason: string, form: string, fallback: number, min: number, max: number): Key<number> => ({
  reason,
  form,
  fallback: String(fallback),
  read: (value) => (/^\d{1,10}$/.test(value) && Number(value) >= min && Number(value) <= max ? Number(value) : undefined),
});

/** Origins divided by spaces or commas. Fails: undefined for anything that is not a plain `https` origin. */
function readOrigins(value: string): string[] | undefined {
  const origins = value.split(/[\s,]+/).filter((part) => part !== '');
  return origins.every((origin) => /^https:\/\/[a-z0-9.-]{1,253}(:\d{1,5})?$/.test(origin)) ? origins : undefined;
}

/** Every setting of the environment. A key that is not here is refused. */
export const CONFIG_KEYS = {
  IOC_HOST: text('Address the server listens on; anything but loopback needs TLS.', 'address or host name', '127.0.0.1', /^[A-Za-z0-9.:-]{1,253}$/),
  IOC_PORT: whole('Port of pages, door and socket; 0 takes any free one.', '0 to 65535', 8080, 0, 65535),
  IOC_DATA: text('Folder of the embedded store, keys and snapshots.', 'path', '.data', /^.{1,4000}$/),
  IOC_SAMPLE: oneOf('The simulated city, marked MÔ PHỎNG.', ['on', 'off'] as const, 'on'),
  IOC_SEED: whole('Seed of the simulation: the same seed gives the same city.', 'whole number', 20260, 0, 4294967295),
  IOC_CLOCK: {
    reason: 'Domain clock: `real`, or an ISO time where it starts (test and rehearsal only).',
    form: 'real | ISO time',
    fallback: 'real',
    read: (value: string) => (value === 'real' || Number.isFinite(Date.parse(value)) ? value : undefined),
  },
  DATABASE_URL: text('PostgreSQL server with PostGIS; without it the embedded store is used.', 'postgres://…', '', /^(postgres(ql)?:\/\/.+)?$/),
  DATABASE_LISTEN_URL: text('Direct connection for LISTEN and for bringing the schema forward when DATABASE_URL goes through a pooler.', 'postgres://…', '', /^(postgres(ql)?:\/\/.+)?$/),
  DATABASE_REPLICA_URL: text('Copy of the store that figures of reports and exports are read from while it is at most ten seconds behind.', 'postgres://…', '', /^(postgres(ql)?:\/\/.+)?$/),
  REDIS_URL: text('Redis 7 or newer as the fast path between several servers on one PostgreSQL; what goes through the log needs none.', 'redis://…', '', /^(rediss?:\/\/.+)?$/),
  IOC_ADMIN_PASSWORD: text('First password of `admin`, instead of printing one.', 'at least 12 characters', '', /^(.{12,200})?$/),
  IOC_INGEST_KEY: text('A whole ingest key, made at every start if absent.', 'ioc_<id>_<secret>', '', /^(ioc_[a-z0-9]{1,16}_[A-Za-z0-9]{32,128})?$/),
  IOC_TLS: oneOf('`auto` serves the certificate given under Quản trị → Chứng thư TLS, or makes a local certificate authority in the data folder.', ['', 'auto'] as const, ''),
  IOC_TLS_CERT: text('Certificate file (PEM).', 'path', '', /^.{0,4000}$/),
  IOC_TLS_KEY: text('Private key file (PEM).', 'path', '', /^.{0,4000}$/),
  IOC_ALLOW_HTTP: oneOf('Allows a non-loopback address without TLS, for read-only paired walls.', ['', '1'] as const, ''),
  IOC_FRAMES: {
    reason: 'Sites that the web-page widget may show, as origins; anything else stays refused.',
    form: 'https://… https://…',
    fallback: '',
    read: readOrigins,
  },
  IOC_CHROMIUM: text('Browser for tests and wall launchers.', 'path', '', /^.{0,4000}$/),
  IOC_FOOTAGE: whole('Seconds of film kept in memory per camera whose film may be kept, so that an alert has its past; 0 keeps none.', '0 to 600', 90, 0, 600),
  IOC_TRANSCODES: whole('Cameras made H.264 at once for screens that can not play H.265; each costs a good part of a core.', '0 to 32', 4, 0, 32),
  IOC_TRACES: {
    reason: 'Collector of OpenTelemetry traces (OTLP over HTTP, in JSON); empty: none are made.',
    form: 'http://… or https://…, with its path',
    fallback: '',
    read: (value: string) => (value === '' || (/^https?:\/\//.test(value) && URL.canParse(value)) ? value : undefined),
  },
  IOC_TEMPLATE: text('Folder that keeps an empty store ready, so that a first start is a copy; empty: inside the libraries folder.', 'path', '', /^.{0,4000}$/),
  IOC_LOG: oneOf('How much the log says.', ['debug', 'info', 'warn', 'error', 'silent'] as const, 'warn'),
} as const satisfies Record<string, Key<unknown>>;

type Values = { [K in keyof typeof CONFIG_KEYS]: NonNullable<ReturnType<(typeof CONFIG_KEYS)[K]['read']>> };

export type Config = Values & {
  /** Absolute path of the data folder. */
  dataFolder: string;
  isLoopback: boolean;
  hasTls: boolean;
};

const KNOWN_ELSEWHERE = new Set(['IOC_GEO_SOURCES']);

/** How TLS was asked for. */
export type TlsChoice = { way: 'none' } | { way: 'auto' } | { way: 'files'; certFile: string; keyFile: string };

export function tlsChoice({ IOC_TLS, IOC_TLS_CERT, IOC_TLS_KEY }: Pick<Config, 'IOC_TLS' | 'IOC_TLS_CERT' | 'IOC_TLS_KEY'>): TlsChoice {
  if (IOC_TLS === 'auto') return { way: 'auto' };
  return IOC_TLS_CERT === '' ? { way: 'none' } : { way: 'files', certFile: IOC_TLS_CERT, keyFile: IOC_TLS_KEY };
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}

function nearest(name: string): string {
  return Object.keys(CONFIG_KEYS).sort((a, b) => distance(name, a) - distance(name, b))[0]!;
}

export function isLoopbackHost(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/** Reads the environment. Fails: returns every problem in plain sentences; nothing starts with a wrong setting. */
export function readConfig(environment: NodeJS.ProcessEnv, root: string): { config: Config } | { problems: string[] } {
  const problems: string[] = [];
  for (const name of Object.keys(environment)) {
    if (name.startsWith('IOC_') && !Object.hasOwn(CONFIG_KEYS, name) && !KNOWN_ELSEWHERE.has(name)) problems.push(`${name}: không có khóa cấu hình này / unknown setting; gần nhất / nearest: ${nearest(name)}`);
  }
  const values: Record<string, unknown> = {};
  for (const [name, key] of Object.entries(CONFIG_KEYS)) {
    const given = environment[name] ?? '';
    const value = key.read(given === '' ? key.fallback : given);
    if (value === undefined) problems.push(`${name}: giá trị không hợp lệ / not valid; cần / expected: ${key.form}`);
    values[name] = value;
  }
  const known = values as Values;
  if (problems.length > 0) return { problems };
  if ((known.IOC_TLS_CERT === '') !== (known.IOC_TLS_KEY === '')) problems.push('IOC_TLS_CERT, IOC_TLS_KEY: cần cả hai / both are needed');
  const isLoopback = isLoopbackHost(known.IOC_HOST);
  const hasTls = known.IOC_TLS === 'auto' || known.IOC_TLS_CERT !== '';
  if (!isLoopback && !hasTls && known.IOC_ALLOW_HTTP !== '1')
    problems.push('IOC_HOST: địa chỉ ngoài máy này cần TLS (IOC_TLS=auto hoặc IOC_TLS_CERT và IOC_TLS_KEY) / an address beyond this machine needs TLS');
  if (problems.length > 0) return { problems };
  return { config: { ...known, dataFolder: resolve(root, known.IOC_DATA), isLoopback, hasTls } };
}
