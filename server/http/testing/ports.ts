import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { IngestAnswer } from '#contract/http.ts';
import { createCameraRights } from '../../domain/camera/watchRights.ts';
import type { Attachment } from '../../domain/ports/attachments.ts';
import type { MediaAnswer } from '../../domain/ports/media.ts';
import type { Refusal } from '../../domain/ports/refusals.ts';
import { sees } from '../../domain/scope.ts';
import { createMovableClock } from '../../kernel/clock.ts';
import { createSilentLog } from '../../kernel/log.ts';
import type { HttpDeps } from '../deps.ts';
import { createFakeAccounts } from './accounts.ts';
import { createFakeCameraWork } from './cameraWork.ts';
import { fakeCertificates } from './certificates.ts';
import { createFakeConnectors } from './connectors.ts';
import { createFakeReceivers } from './eventReceivers.ts';
import { fakeDesk } from './desk.ts';
import { createFakeFootage } from './footage.ts';
import { EPOCH, NOW } from './moment.ts';
import { createFakePast, fakeBriefing, fakeDecisions, fakeRecordings } from './past.ts';
import { fakeRed } from './red.ts';
import { fakeSecurity } from './security.ts';
import { createFakeSystem } from './system.ts';
import { createFakeUpkeep } from './upkeep.ts';
import { fakeWalls } from './walls.ts';

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
    certificates: fakeCertificates,
    dossier: { print: async (format) => ({ name: `x.${format}`, contentType: 'application/pdf', body: Buffer.from('%PDF-1.7') }), receipt: async ({ id }) => ({ name: `${id}.pdf`, contentType: 'application/pdf', body: Buffer.from('%PDF-1.7') }) },
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
    ...fakeWalls,
    ...fakeRed,
    ...fakeDesk,
    units: { get: () => undefined },
    past: createFakePast(NOW),
    recordings: fakeRecordings,
    briefing: fakeBriefing,
    decisions: fakeDecisions,
    cameraWork: createFakeCameraWork(),
    cameraGroups: { list: async () => [], keep: async () => refused('NOT_FOUND') },
    cameraRights: createCameraRights({ collections: { get: (...asked) => deps.collections.get(...asked) }, clock: { realNow: () => NOW }, groupsOf: () => [], groupRights: () => [] }),
    footage: createFakeFootage(),
    connectors: createFakeConnectors(),
    eventReceivers: createFakeReceivers(),
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
