import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { IngestAnswer } from '#contract/http.ts';
import type { ScheduledWall, WallProfile } from '#contract/wall.ts';
import { fakeSecurity } from './security.ts';
import type { AccountsPort, OpenSession } from '../../domain/ports/accounts.ts';
import type { Refusal } from '../../domain/ports/refusals.ts';
import type { Attachment } from '../../domain/ports/attachments.ts';
import type { MediaAnswer } from '../../domain/ports/media.ts';
import type { Source } from '../../domain/ports/door.ts';
import { createFakeFootage } from './footage.ts';
import { createFakeCameraWork } from './cameraWork.ts';
import { createFakePast, fakeBriefing, fakeRecordings } from './past.ts';
import { createFakeConnectors } from './connectors.ts';
import { createFakeUpkeep } from './upkeep.ts';
import { createFakeSystem } from './system.ts';
import { sees } from '../../domain/scope.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { createMovableClock } from '../../kernel/clock.ts';
import type { HttpDeps } from '../deps.ts';
import { ALERT_ONLY_KEY, KEY, PEOPLE } from './people.ts';

export const NOW = Date.UTC(2026, 9, 1, 3, 0, 0);
export const EPOCH = '0e9d1f2a-0000-4000-8000-000000000001';

const session = (name: string): OpenSession => ({ token: name, principal: PEOPLE[name]!, expiresAt: NOW + 1_800_000 });
const SOURCES = new Map<string, Source>([
  [KEY, { id: 'vendor', name: 'Nguồn thử', topics: null, provenance: 'real' }],
  [ALERT_ONLY_KEY, { id: 'alerts', name: 'Chỉ cảnh báo', topics: ['alert'], provenance: 'real' }],
]);

export function createFakeAccounts(): AccountsPort {
  return {
    prepareFirstAdmin: async () => undefined,
    createLink: async () => 'link-token',
    useLink: async (token) => (token === 'link-token' ? okay(session('operator')) : refused('AUTH_LINK')),
    signIn: async ({ user, password }) => (password === 'mật khẩu đúng' && PEOPLE[user] ? okay(session(user)) : refused('AUTH_REFUSED')),
    principalOf: async (token) => (Object.hasOwn(PEOPLE, token) ? { principal: PEOPLE[token]!, expiresAt: NOW + 1_800_000 } : undefined),
    signOut: async () => undefined,
    sessionsOf: async () => [{ id: 'abcdef012345', startedAt: NOW, seenAt: NOW, expiresAt: NOW + 1_800_000, isThis: true }],
    endSessionOf: async (_principal, id) => (id === 'abcdef012345' ? okay(undefined) : refused('NOT_FOUND')),
    changePassword: async (_principal, old, next) => (old !== 'mật khẩu đúng' ? refused('AUTH_REFUSED') : next.length < 12 ? refused('AUTH_PASSWORD_WEAK') : okay(session('admin'))),
    createAccount: async (account) => (account.user === 'taken' ? refused('STATE_CONFLICT') : okay({ kind: 'person', id: 'us-9', name: account.name, roles: account.roles, units: account.units })),
    listAccounts: async () => [{ id: 'us-1', user: 'admin', name: 'Quản trị', position: '', roles: ['admin'], units: null, disabled: false, dataClass: 'personal', expiresAt: null, hasCode: false, isOutside: false }],
    resetPassword: async () => refused('NOT_FOUND'),
    setDisabled: async (id) => (id === 'us-1' ? okay(undefined) : refused('NOT_FOUND')),
    onSessionsEnded: () => () => undefined,
    sourceOf: async (bearer) => SOURCES.get(bearer),
    ensureKey: async () => refused('AUTH_KEY'),
    createKey: async (_name, { id }) => `ioc_${id}_${'c'.repeat(40)}`,
    renewKey: async (id) => `ioc_${id}_${'c'.repeat(40)}`,
    startPairing: async () => ({ code: 'ABCD2345', secret: 's'.repeat(32) }),
    approvePairing: async (code) => (code === 'ABCD2345' ? okay(undefined) : refused('NOT_FOUND')),
    finishPairing: async (secret) => (secret === 's'.repeat(32) ? session('wall-device') : undefined),
  };
}

const WALL: WallProfile = { id: 'w2x2', name: { vi: 'Màn hình 2×2', en: 'Wall 2×2' }, width: 3840, height: 2160, pitchMm: 1, farthestViewerM: 6, outputs: [{ id: 'r1c1', rect: { x: 0, y: 0, width: 1920, height: 1080 } }] };
const view = { center: [108.22, 16.06] as [number, number], zoom: 12, bearing: 0, pitch: 0 };
const SHOWN: ScheduledWall = {
  wall: 'w2x2',
  rev: 1,
  applyAt: NOW,
  state: { wall: 'w2x2', rev: 1, mode: 'live', scene: 's1', tiles: [], camera: { from: view, to: view, startAt: NOW, durationMs: 0 }, tour: null, blank: false, frozenAt: null, identify: false, spotlight: null, control: null, changedBy: 'us-operator', changedAt: NOW, why: '' },
};
const CAMERAS = [
  { id: 'cam-1', name: 'Nút giao', unit: '20242', ward: '20242', position: [108.2, 16.06] },
  { id: 'cam-2', name: 'Cầu', unit: '20257', ward: '20257', position: [108.3, 16.1] },
];

/** Ports in memory, with what reached the door. */
export interface FakePorts {
  deps: HttpDeps;
  /** Items that reached the door. */
  taken: { topic: string; items: readonly unknown[] }[];
  /** Refusals that were told. */
  turnedAway: Refusal[];
  items: Map<string, unknown[]>;
  kept: Map<string, Attachment>;
  /** Set to make the door refuse. */
  doorAnswer: { fault?: Outcome<IngestAnswer> };
}

export function createFakePorts(clientFolder: string): FakePorts {
  const taken: FakePorts['taken'] = [];
  const turnedAway: FakePorts['turnedAway'] = [];
  const kept: FakePorts['kept'] = new Map();
  const items: FakePorts['items'] = new Map([['cameras', CAMERAS]]);
  const doorAnswer: FakePorts['doorAnswer'] = {};
  const clock = createMovableClock(NOW, () => NOW);
  const deps: HttpDeps = {
    accounts: createFakeAccounts(),
    security: fakeSecurity,
    refusals: { note: (refusal) => void turnedAway.push(refusal) },
    dossier: { print: async (format) => ({ name: `x.${format}`, contentType: 'application/pdf', body: Buffer.from('%PDF-1.7') }) },
    administration: {
      setGrants: async (id) => (id === 'us-1' ? okay(undefined) : refused('NOT_FOUND')),
      listKeys: async () => [],
      revokeKey: async () => refused('NOT_FOUND'),
      listAudit: async ({ before }) => (before === undefined || before > 1 ? [{ n: 1, at: NOW, actor: 'us-1', action: 'alert.acknowledge', object: 'al-1' }] : []),
      verifyAudit: async () => ({ ok: true, lines: 1 }),
    },
    door: {
      async ingest(_source, topic, sent) {
        if (doorAnswer.fault) return doorAnswer.fault;
        taken.push({ topic, items: sent });
        return okay({ results: sent.map((item, index) => ({ key: (item as { key: string }).key, status: 'accepted' as const, id: `x-${index}`, epoch: EPOCH, seq: index + 1 })) });
      },
    },
    log: {
      epoch: () => EPOCH,
      head: () => 7,
      heads: () => ({ alert: 7 }),
      read: async ({ after }) => (after && after.epoch !== EPOCH ? refused('LOG_EPOCH') : okay({ epoch: EPOCH, head: 7, entries: [] })),
      snapshot: async () => okay({ epoch: EPOCH, head: 7, entries: [] }),
      follow: () => () => undefined,
    },
    collections: {
      names: () => ['alerts', 'cameras'],
      async list(name, query, scope) {
        const seen = (items.get(name) ?? []).filter((item) => sees(scope, (item as { unit: string }).unit, (item as { ward: string }).ward));
        const start = Number(query.cursor ?? 0);
        const end = start + query.limit;
        return okay({ items: seen.slice(start, end), next: end < seen.length ? String(end) : null });
      },
      async get(name, id, scope) {
        const found = (items.get(name) ?? []).find((item) => (item as { id: string }).id === id) as { unit: string; ward: string } | undefined;
        return found && sees(scope, found.unit, found.ward) ? okay(found) : refused('NOT_FOUND');
      },
    },
    cameraSearch: {
      near: async () => okay([{ camera: CAMERAS[0], distanceM: 12 }]),
      seeing: async () => okay([]),
    },
    telemetry: {
      take: () => [],
    hear: () => undefined,
    onTaken: () => undefined,
    onRehearsalOver: () => undefined,
      vehicles: () => [{ ref: 'bus-01', slot: 0, kind: 'bus', position: [108.2, 16.06], speedKmh: 20, headingDeg: 90, unit: null, at: NOW, provenance: 'simulated' }],
      traffic: () => [{ segment: 'c1', speedKmh: 18, ratio: 0.5, at: NOW, provenance: 'simulated' }],
      forgetRehearsal: () => ({ sensor: 0, vehicle: 0 }),
    sensors: () => [{ ref: 'rain-01', name: 'Mưa', kind: 'rain', value: 3, unitOfMeasure: 'mm/h', position: null, unit: null, at: NOW, provenance: 'real' }],
      keyFrame: () => new Uint8Array(),
      followFrames: () => () => undefined,
      followSensors: () => () => undefined,
    },
    scenarios: { list: () => [], stages: () => [], get: () => undefined, file: () => refused('SCENARIO_UNKNOWN'), faults: async () => [], preflight: async () => refused('SCENARIO_UNKNOWN'), runs: async () => okay([]), run: async () => refused('SCENARIO_UNKNOWN'), rehearsals: () => [], trainings: async () => okay([]) },
    walls: {
      profiles: () => [WALL],
      scenes: () => [],
      tours: () => [],
      salvos: () => [],
      current: (wall) => (wall === 'w2x2' ? okay(SHOWN) : refused('WALL_UNKNOWN')),
      act: async () => okay(SHOWN),
      take: async (_actor, wall) => (wall === 'w2x2' ? okay(SHOWN) : refused('WALL_UNKNOWN')),
      release: async () => okay(SHOWN),
      report: () => undefined,
      forget: () => undefined,
      outputs: () => [],
      ownOutputs: () => [],
      hearOutputs: () => undefined,
      stateAt: async (wall) => (wall === 'w2x2' ? okay(SHOWN) : refused('WALL_UNKNOWN')),
      follow: () => () => undefined,
    },
    past: createFakePast(NOW),
    recordings: fakeRecordings,
    briefing: fakeBriefing,
    cameraWork: createFakeCameraWork(),
    footage: createFakeFootage(),
    connectors: createFakeConnectors(),
    upkeep: createFakeUpkeep(),
    system: createFakeSystem(NOW),
    media: {
      serve: async (camera, file): Promise<MediaAnswer> => (camera === 'cam-1' && file === 'index.m3u8' ? { status: 200, headers: { 'content-type': 'application/vnd.apple.mpegurl' }, body: '#EXTM3U' } : { status: 404, headers: {} }),
      openView: async ({ camera }, offer): Promise<MediaAnswer> => (camera === 'cam-1' ? { status: 201, headers: { 'content-type': 'application/sdp', location: `/media/${camera}/whep/${'0'.repeat(32)}` }, body: `answer to ${offer}` } : { status: 404, headers: {} }),
      endView: async () => undefined,
      status: () => ({ state: 'live', since: null, codec: null }),
    },
    feeds: { health: () => [{ id: 'vendor', name: 'Nguồn thử', state: 'live', ageMs: 10, lastAt: NOW, accepted: 1, rejected: 0 }] },
    attachmentRights: { noteSender: async () => undefined, maySee: async () => true },
    attachments: {
      has: async (id) => kept.has(id),
      async keep(attachment) {
        kept.set(attachment.id, attachment);
        return okay(undefined);
      },
      async read(id) {
        const found = kept.get(id);
        return found ? okay(found) : refused('NOT_FOUND');
      },
    },
    commands: {},
    reports: {
      list: async () => ({ at: NOW, items: [], next: null }),
      get: async () => refused('NOT_FOUND'),
      calendar: async () => ({ at: NOW, items: [] }),
      ladder: async () => okay({ period: 'tháng 10/2026', dueAt: NOW, units: [], rungs: [] }),
      make: async () => refused('REQUEST_BODY'),
      edit: async () => refused('NOT_FOUND'),
      renew: async () => refused('NOT_FOUND'),
      lock: async () => refused('NOT_FOUND'),
      recordSending: async () => refused('NOT_FOUND'),
      keepSigned: async () => refused('NOT_FOUND'),
      signed: async () => refused('NOT_FOUND'),
      recordReceipt: async () => refused('NOT_FOUND'),
      giveBack: async () => refused('NOT_FOUND'),
      rows: async () => refused('NOT_FOUND'),
      file: async () => refused('NOT_FOUND'),
    },
    red: {
      catalogue: async () => okay({ version: '', at: NOW, items: [] }),
      values: async ({ code }) => okay({ code, at: NOW, isCut: false, items: [] }),
      board: async () => okay({ at: NOW, redCount: 0, lowCount: 0, openCases: 0, units: [], low: [], today: [], broken: [], contradictions: [] }),
      my: async () => okay({ at: NOW, reds: [], low: [], cases: [], promises: [], asked: [], obligations: [], people: [] }),
      obligations: async () => okay({ at: NOW, items: [] }),
      movement: async (from, to) => okay({ from, to, cleared: [], new: [], still: [], kept: [], broken: [] }),
      history: async () => refused('NOT_FOUND'),
      dataSets: () => [],
      dataSet: () => refused('NOT_FOUND'),
    },
    services: {
      list: async () => okay({ at: NOW, version: 'v', items: [], refused: [] }),
      move: async () => refused('NOT_FOUND'),
      vendors: async () => refused('NOT_FOUND'),
    },
    rollout: {
      forms: () => ({ readiness: [], survey: [], conformity: [], help: null }),
      list: async () => okay({ at: NOW, items: [] }),
      revisions: async () => refused('NOT_FOUND'),
      keep: async () => refused('NOT_FOUND'),
      pilots: async () => okay({ at: NOW, on: '2026-10-01', items: [] }),
    },
    adoption: { read: async () => refused('STORE_UNAVAILABLE') },
    register: {
      reconcile: async (topic, a, b) => okay({ at: NOW, topic, a, b, inBoth: 0, same: 0, onlyA: 0, onlyB: 0, differing: 0, rows: [] }),
      dossiers: async (by, from, to) => okay({ at: NOW, by, from, to, lines: [] }),
    },
    quality: { read: async () => okay({ at: NOW, items: [] }) },
    organisation: {
      on: (on) => ({ on, era: 'two-levels', units: [] }),
      totals: async (figure, on) => okay({ at: NOW, on, figure, sum: 0, unplaced: 0, rows: [] }),
      map: (on) => ({ on, areas: [] }),
      pilotMap: () => refused('NOT_FOUND'),
    },
    directives: {
      add: async () => refused('STATE_CONFLICT', { pointer: '/number' }),
      trace: async () => okay({ directives: [], unknown: [], untraced: [] }),
      agenda: async () => okay({ at: NOW, items: [] }),
      minutes: async () => refused('STATE_CONFLICT', { pointer: '/number' }),
      beginCampaign: async () => refused('STATE_RESULT', { pointer: '/scope' }),
      accountable: async () => refused('NOT_FOUND'),
    },
    escalations: {
      list: async () => okay({ at: NOW, items: [] }),
      ask: async () => refused('NOT_FOUND'),
      read: async () => refused('NOT_FOUND'),
      raise: async () => refused('NOT_FOUND'),
      answer: async () => refused('NOT_FOUND'),
    },
    goals: {
      tree: async () => okay({ at: NOW, items: [] }),
      charge: async () => refused('NOT_FOUND'),
      set: async () => refused('NOT_FOUND', { pointer: '/code' }),
      withdraw: async () => refused('NOT_FOUND'),
    },
    assignmentImport: { read: async () => refused('SHEET_UNREADABLE') },
    indicatorImports: {
      begin: async () => refused('IMPORT_FORM', { pointer: '/file' }),
      list: async () => okay({ items: [] }),
      get: async () => refused('NOT_FOUND'),
      take: async () => refused('NOT_FOUND'),
      cancel: async () => refused('NOT_FOUND'),
      remarks: async () => refused('NOT_FOUND'),
      enter: async () => okay({ id: 'in-1' }),
    },
    alertBook: { rows: async () => okay({ rows: [], alerts: 0, at: NOW }), load: async () => refused('NOT_FOUND'), timeline: async () => refused('NOT_FOUND') },
    alertRules: { list: async () => okay([]), write: async () => refused('RULE_TEXT'), try: async () => refused('NOT_FOUND'), turn: async () => refused('NOT_FOUND') },
    traffic: {
      board: async () => okay({ at: NOW, measured: 0, levels: {}, worst: [], corridors: [], provenance: null }),
      streets: async () => [],
      events: async () => okay([]),
      signs: async () => okay([]),
      addEvent: async () => refused('REQUEST_BODY'),
      endEvent: async () => refused('NOT_FOUND'),
      patrols: async () => okay([]),
      send: async () => refused('NOT_FOUND'),
    },
    feedbackImport: { read: async () => refused('SHEET_UNREADABLE') },
    handling: { board: async () => refused('REQUEST_QUERY') },
    units: { get: () => undefined },
    notices: {
      list: async () => okay({ items: [], unread: 0 }),
      read: async () => refused('NOT_FOUND'),
      readAll: async () => okay(undefined),
      wish: async () => okay({ wish: { isUrgentOnly: false, quiet: null }, channels: [] }),
      setWish: async (_account, wish) => okay(wish),
      receipts: async () => refused('NOT_FOUND'),
    },
    duty: {
      log: async () => okay({ items: [], next: null }),
      write: async () => refused('STATE_REASON'),
      take: async () => refused('NOT_FOUND'),
      views: async () => okay([]),
      keepView: async (_account, view) => okay(view),
      dropView: async () => okay(undefined),
    },
    citizens: {
      report: async () => okay({ id: 'fb-1', code: 'ABCD-EFGH-2345', status: 'accepted', dueAt: NOW }),
      place: () => refused('REPORT_PLACE'),
      published: async () => okay([]),
      idOf: async () => refused('REPORT_CODE'),
      follow: async () => refused('REPORT_CODE'),
      rate: async () => refused('REPORT_CODE'),
      results: async () => okay({ items: [], next: null, figures: { handled: 0, simulated: 0, onTime: 0, rated: 0, ratingMean: null } }),
      contact: async () => refused('NOT_FOUND'),
      similar: async () => refused('NOT_FOUND'),
    },
    procedures: {
      list: async () => okay([]),
      coverage: async () => okay([]),
      draft: async () => refused('PROCEDURE_TEXT'),
      move: async () => refused('NOT_FOUND'),
      runs: async () => refused('NOT_FOUND'),
    },
    photoPieces: { put: () => okay({ have: [0] }), settle: () => undefined, progress: () => ({ have: [0], media: null }) },
    clock,
    config: { host: '127.0.0.1', allowHttp: false, frameSources: [] },
    logger: createSilentLog(),
    subtree: () => [],
    clientFolder,
    filesFolder: `${clientFolder}/files`,
    geo: {
      tile: async (z) => (z === 3 ? { bytes: GZIPPED, etag: '"tile"' } : undefined),
      fontFiles: new Map(),
      style: (lang, theme, origin) => ({ version: 8, name: `${lang} ${theme}`, sources: { basemap: { tiles: [`${origin}/geo/tiles/{z}/{x}/{y}`] } }, layers: [] }),
      search: (q, limit) => [{ name: q }].slice(0, limit),
    },
    version: '0.1.0',
    readiness: () => ({ store: 'ok', log: { epoch: EPOCH, head: 7 }, feeds: [], version: '0.1.0' }),
  };
  return { deps, taken, turnedAway, items, kept, doorAnswer };
}

const GZIPPED = Uint8Array.from([31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
