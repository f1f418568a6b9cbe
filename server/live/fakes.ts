import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LogEntry } from '#contract/entry.ts';
import { okay, refused } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { ScheduledWall } from '#contract/wall.ts';
import type { AccountsPort } from '../domain/ports/accounts.ts';
import type { LogPort } from '../domain/ports/log.ts';
import type { TelemetryPort } from '../domain/ports/telemetry.ts';
import type { WallsPort } from '../domain/ports/walls.ts';
import { sees, type Scope } from '../domain/scope.ts';
import { createRealClock } from '../kernel/clock.ts';
import { createSilentLog } from '../kernel/log.ts';
import { createLive, type Live, type LiveDeps } from './live.ts';

const placeOf = (entry: LogEntry) => entry.body as { unit: string | null; ward: string | null };
const isVisible = (scope: Scope, entry: LogEntry) => sees(scope, placeOf(entry).unit, placeOf(entry).ward);

/** A log in memory. `commit` and `announce` are apart, so that a test can put anything between them. */
export interface FakeLog extends LogPort {
  commit(entry: Omit<LogEntry, 'seq'>): LogEntry;
  announce(): void;
  restore(): void;
}

export function createFakeLog(pause: () => Promise<void> = () => Promise.resolve()): FakeLog {
  const entries: LogEntry[] = [];
  const listeners = new Set<(batch: LogEntry[]) => void>();
  let announced = 0;
  let lives = 1;
  const epoch = () => `epoch-0000-${lives}`;
  const heads = () => Object.fromEntries(entries.slice(0, announced).map((entry) => [entry.topic, entry.seq]));
  return {
    epoch,
    head: () => announced,
    heads,
    async read({ topics, after, limit, scope }) {
      await pause();
      if (after && after.epoch !== epoch()) return refused('LOG_EPOCH');
      const wanted = entries.filter((entry) => entry.seq > (after?.seq ?? 0) && (topics as readonly string[] | null)?.includes(entry.topic) && isVisible(scope, entry));
      const page = { epoch: epoch(), head: entries.length, entries: wanted.slice(0, limit) };
      await pause();
      return okay(page);
    },
    async snapshot(topic, scope) {
      await pause();
      const latest = new Map(entries.filter((entry) => entry.topic === topic && isVisible(scope, entry)).map((entry) => [entry.id, entry]));
      const page = { epoch: epoch(), head: entries.length, entries: [...latest.values()] };
      await pause();
      return okay(page);
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    commit(entry) {
      const stored = { ...entry, seq: entries.length + 1 };
      entries.push(stored);
      return stored;
    },
    announce() {
      const batch = entries.slice(announced);
      announced = entries.length;
      if (batch.length > 0) for (const listener of listeners) listener(batch);
    },
    restore() {
      lives++;
    },
  };
}

/** A well-formed entry of topic `outreach`. */
export const outreachEntry = (id: string, rev: number, ward: string | null = null, title = 'Hướng dẫn gửi phản ánh'): Omit<LogEntry, 'seq'> => ({
  topic: 'outreach',
  key: `${id}-${rev}`,
  id,
  rev,
  at: 1,
  body: { id, ref: id, source: 'test', unit: null, ward, position: null, provenance: 'manual', at: 1, receivedAt: 1, values: { channel: 'loa', title } },
});

/** A well-formed entry of topic `feedback` with a description of any length. */
export const feedbackEntry = (id: string, rev: number, description: string): Omit<LogEntry, 'seq'> => ({
  topic: 'feedback',
  key: `${id}-${rev}`,
  id,
  rev,
  at: 1,
  body: {
    id, ref: id, source: 'test', service: 'urban-order', description, address: null, media: [], state: 'received', unit: null, ward: null, position: null, provenance: 'manual',
    reportedAt: 1, receivedAt: 1, updatedAt: 1, dueAt: 1, resolvedAt: null, verifiedAt: null, result: null, requestId: null, duplicateOf: null,
  },
});

export const operator: Principal = { kind: 'person', id: 'u-1', name: 'Trực ban', roles: ['operator'], units: null, session: 's-1' };

export function createFakeAccounts(): Pick<AccountsPort, 'principalOf' | 'onSessionsEnded'> & { people: Map<string, Principal>; end(session: string): void } {
  const people = new Map<string, Principal>([['operator-token', operator]]);
  const listeners = new Set<(sessions: readonly string[]) => void>();
  return {
    people,
    principalOf: async (token) => {
      const principal = people.get(token);
      return principal && { principal, expiresAt: Number.MAX_SAFE_INTEGER };
    },
    onSessionsEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    end: (session) => listeners.forEach((listener) => listener([session])),
  };
}

export function createFakeTelemetry(): TelemetryPort & { send(bytes: Uint8Array): void; followers(): number } {
  const followers = new Set<Parameters<TelemetryPort['followFrames']>[0]>();
  return {
    take: () => [],
    hear: () => undefined,
    onTaken: () => undefined,
    onRehearsalOver: () => undefined,
    vehicles: () => [],
    traffic: () => [],
    sensors: () => [],
    forgetRehearsal: () => ({ sensor: 0, vehicle: 0 }),
    keyFrame: () => Uint8Array.of(0x54, 1),
    followFrames(listener) {
      followers.add(listener);
      return () => followers.delete(listener);
    },
    followSensors: () => () => {},
    send: (bytes) => followers.forEach((listener) => listener('vehicle', bytes, false)),
    followers: () => followers.size,
  };
}

const camera = { center: [108.2, 16.06] as [number, number], zoom: 12, bearing: 0, pitch: 0 };
export const scheduled = (rev: number): ScheduledWall => ({
  wall: 'w1x1',
  rev,
  applyAt: 1000,
  state: {
    wall: 'w1x1', rev, mode: 'live', scene: 'toan-canh', tiles: [], camera: { from: camera, to: camera, startAt: 0, durationMs: 0 }, tour: null,
    blank: false, frozenAt: null, identify: false, spotlight: null, control: null, changedBy: 'Trực ban', changedAt: 0, why: '',
  },
});

export function createFakeWalls(): WallsPort & { change(next: ScheduledWall): void } {
  const listeners = new Set<(change: ScheduledWall) => void>();
  let rev = 0;
  const change = (next: ScheduledWall) => listeners.forEach((listener) => listener(next));
  const current = (wall: string) => (wall === 'w1x1' ? okay(scheduled(rev)) : refused('WALL_UNKNOWN'));
  return {
    profiles: () => [],
    scenes: () => [],
    tours: () => [],
    salvos: () => [],
    current,
    async act(_actor, wall) {
      if (wall === 'w1x1') change(scheduled(++rev));
      return current(wall);
    },
    take: async (_actor, wall) => current(wall),
    release: async (_actor, wall) => current(wall),
    report() {},
    forget() {},
    outputs: () => [],
    ownOutputs: () => [],
    hearOutputs() {},
    stateAt: async (wall) => current(wall),
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change,
  };
}

export interface Bench {
  live: Live;
  log: FakeLog;
  accounts: ReturnType<typeof createFakeAccounts>;
  telemetry: ReturnType<typeof createFakeTelemetry>;
  walls: ReturnType<typeof createFakeWalls>;
  port: number;
  close(): Promise<void>;
}

/** A live server on a port of its own with everything behind it faked. */
export async function startBench(over: Partial<LiveDeps> & { log?: FakeLog; port?: number } = {}): Promise<Bench> {
  const httpServer: Server = createServer();
  const log = over.log ?? createFakeLog();
  const accounts = createFakeAccounts();
  const telemetry = createFakeTelemetry();
  const walls = createFakeWalls();
  const live = createLive({
    httpServer, accounts, telemetry, walls, scenarios: { rehearsals: () => [] }, feeds: { health: () => [] }, cameraStates: () => [], pictures: { media: { serve: async () => ({ status: 404, headers: {} }) }, rights: { maySee: async () => true }, viewed: () => undefined }, commands: {}, refusals: { note: () => undefined }, clock: createRealClock(), logger: createSilentLog(),
    placeOf: async () => ({ unit: '20245', ward: '20245' }),
    subtree: () => [], build: 'build-1', ...over, log,
  });
  await new Promise<void>((done) => httpServer.listen(over.port ?? 0, '127.0.0.1', done));
  const { port } = httpServer.address() as AddressInfo;
  return {
    live, log, accounts, telemetry, walls, port,
    async close() {
      live.close();
      httpServer.closeAllConnections();
      await new Promise((done) => httpServer.close(done));
    },
  };
}
