import { Compile } from 'typebox/compile';
import { ConnectorText, type Connector, type ConnectorRun, type ConnectorSecrets } from '#contract/connector.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { QualityAnswer } from '#contract/quality.ts';
import { patienceMs } from '../../domain/connector/schedule.ts';
import { canFill } from '../../domain/connector/span.ts';
import { flawOf } from '../../domain/connector/tellBack.ts';
import { createItemChecker, type DoorPlaces } from '../../domain/door/checkItem.ts';
import type { ConnectorsPort } from '../../domain/ports/connectors.ts';
import type { DoorPort } from '../../domain/ports/door.ts';
import { certificateEnd } from '../../feeds/connector/http/request.ts';
import { valueAt } from '../../domain/rows/path.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Random } from '../../kernel/random.ts';
import { createConnectorStore } from '../../store/connectors/connectors.ts';
import { createToldBook } from '../../store/connectors/told.ts';
import { askView } from '../../store/connectors/viewAsker.ts';
import type { Engine } from '../../store/engine/engine.ts';
import type { Seal } from '../../store/topics/seal.ts';
import { guarded } from '../../store/work/guarded.ts';
import { createIntake } from './intake.ts';
import { previewOf } from './preview.ts';
import { createWorker, type Worker } from './worker.ts';

/** Wakes every server when a connector was changed. */
const CHANNEL = 'connector';
const PREVIEW_MS = 90_000;
const HOUR_MS = 3_600_000;
const DEFAULT_SLICE_HOURS = 24;

interface Deps {
  engine: Engine;
  seal: Seal;
  door: DoorPort;
  units: { has(code: string): boolean; get(code: string): { fullName: string } | undefined };
  places: DoorPlaces;
  clock: Clock;
  random: Random;
  log: Log;
  dataFolder: string;
  quality(): Promise<Outcome<QualityAnswer>>;
  isOnDuty(): boolean;
}

/** Connections declared by the administrator: kept, tried, run side by side. One that fails never holds another. */
export async function openConnectors({ engine, seal, door, units, places, clock, random, log, dataFolder, quality, isOnDuty }: Deps): Promise<ConnectorsPort & Closable & { start(): Promise<void>; resume(): Promise<void> }> {
  const store = createConnectorStore({ engine, seal, now: clock.realNow });
  const isText = Compile(ConnectorText);
  const checker = createItemChecker(units, places);
  const intake = createIntake({ door, checker, now: clock.now });
  const book = createToldBook({ engine, nameOf: (unit) => units.get(unit)?.fullName ?? unit, now: clock.realNow });
  const workers = new Map<string, Worker>();
  const ended = new AbortController();

  /** One change of the workers after the other: a connector has one worker. */
  let changing: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => (changing = changing.then(work, work));
  const replace = async (id: string) => {
    await workers.get(id)?.close();
    workers.delete(id);
    const kept = await store.one(id);
    if (kept && !ended.signal.aborted) workers.set(id, createWorker(kept, { store, intake, book, clock, random: random.fork(id), log, dataFolder, askView, isOnDuty }));
  };
  const renew = (id: string) => inTurn(() => replace(id));
  /** What another server changed. */
  const readAgain = () => inTurn(async () => {
    const kept = new Map((await store.all()).map((one) => [one.text.id, one.rev]));
    const ids = new Set([...kept.keys(), ...workers.keys()]);
    for (const id of ids) if (workers.get(id)?.kept.rev !== kept.get(id)) await replace(id);
  });
  const wakes = await engine.listen(CHANNEL, () => void readAgain().catch((error: unknown) => log.warn({ error: String(error) }, 'connectors could not be read again')));
  const tellNodes = () => engine.query(`select pg_notify('${CHANNEL}', '')`);
  const checked = (text: unknown): Outcome<ConnectorText> => {
    if (!isText.Check(text)) return refused('SOURCE_TEXT', { pointer: isText.Errors(text)[0]?.instancePath ?? '' });
    const { tellBack, way, topic } = text;
    if (tellBack && (way.kind !== 'http' || topic !== 'assignment')) return refused('SOURCE_TEXT', { pointer: '/tellBack' });
    const flaw = tellBack && flawOf(tellBack);
    return flaw ? refused('SOURCE_TEXT', { pointer: `/tellBack/${flaw.at}`, detail: flaw.what }) : okay(text);
  };

  const stateOf = ({ kept }: Worker): Connector['state'] => {
    const { fault, lastSuccessAt } = kept.memory;
    if (!kept.isOn) return 'off';
    if (fault) return 'failing';
    if (lastSuccessAt === null) return 'waiting';
    return kept.text.way.kind !== 'webhook' && clock.realNow() - lastSuccessAt > patienceMs(kept.text.schedule) ? 'stale' : 'live';
  };
  const shown = (worker: Worker, scores: QualityAnswer['items']): Connector => {
    const { text, memory, secrets, isOn, rev, changedAt, changedBy } = worker.kept;
    const { accepted, duplicates, rejected, failures, fault, lastSuccessAt } = memory;
    return {
      ...text, isOn, rev, changedAt, changedBy, secrets: Object.keys(secrets).sort(), certificateUntil: certificateEnd(secrets.certificate), state: stateOf(worker), fault, failures, lastSuccessAt,
      nextAt: isOn ? worker.nextAt() : null, accepted, duplicates, rejected, running: worker.running(), scores: scores.find(({ kind, id }) => kind === 'source' && id === text.id)?.scores ?? null,
    };
  };
  const show = async (id: string): Promise<Outcome<Connector>> => {
    const worker = workers.get(id);
    return worker ? okay(shown(worker, [])) : refused('NOT_FOUND');
  };
  const withSecrets = async (text: ConnectorText, sent: ConnectorSecrets) => {
    const known = (await store.one(text.id))?.secrets ?? {};
    return Object.fromEntries(Object.entries({ ...known, ...sent }).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
  };

  return {
    async start() {
      for (const { text } of await store.all()) await renew(text.id);
    },
    async resume() {
      for (const { text } of await store.all()) await renew(text.id);
      for (const { connector, run } of await store.unfinished()) workers.get(connector)?.backfill(run, DEFAULT_SLICE_HOURS * HOUR_MS);
    },
    list: () =>
      guarded(async () => {
        const measured = await quality();
        const scores = measured.ok ? measured.value.items : [];
        return okay([...workers.values()].map((worker) => shown(worker, scores)).sort((a, b) => (a.id < b.id ? -1 : 1)));
      }),
    async write(actor, sent, secrets, rev) {
      const right = checked(sent);
      if (!right.ok) return right;
      const text = right.value;
      const written = await store.write(actor.id, text, secrets, rev);
      if (!written.ok) return written;
      await renew(text.id);
      await tellNodes();
      return show(text.id);
    },
    async turn(actor, id, isOn) {
      const turned = await store.turn(actor.id, id, isOn);
      if (!turned.ok) return turned;
      await renew(id);
      await tellNodes();
      return show(id);
    },
    async remove(actor, id) {
      const removed = await store.remove(actor.id, id);
      if (removed.ok) await renew(id);
      await tellNodes();
      return removed;
    },
    async preview(sent, secrets) {
      const right = checked(sent);
      if (!right.ok) return right;
      const text = right.value;
      return previewOf(text, await withSecrets(text, secrets), { checker, now: clock.now, realNow: clock.realNow, dataFolder, askView }, AbortSignal.any([ended.signal, AbortSignal.timeout(PREVIEW_MS)]));
    },
    runs: (id) => guarded(async () => okay(await store.runs(id))),
    async ask(_actor, id) {
      const worker = workers.get(id);
      if (!worker) return refused('NOT_FOUND');
      if (!worker.kept.isOn || worker.kept.text.way.kind === 'webhook') return refused('STATE_STEP');
      worker.ask();
      return okay(undefined);
    },
    async backfill(_actor, id, { from, to, sliceHours }) {
      const worker = workers.get(id);
      if (!worker) return refused('NOT_FOUND');
      if (!canFill(worker.kept.text.way) || from >= to) return refused('SOURCE_RANGE');
      if (worker.running()) return refused('SOURCE_BUSY');
      return guarded(async () => {
        const run = await store.addRun(id, { kind: 'backfill', state: 'running', startedAt: clock.realNow(), endedAt: null, from, to, share: 0, rows: 0, accepted: 0, duplicates: 0, rejected: 0, fault: null, refused: [] });
        worker.backfill(run, sliceHours * HOUR_MS);
        return okay(run);
      });
    },
    async cancel(_actor, id) {
      const worker = workers.get(id);
      if (!worker) return refused('NOT_FOUND');
      return worker.cancel() ? okay(undefined) : refused('STATE_STEP');
    },
    async take(id, source, message) {
      const worker = workers.get(id);
      if (!worker?.kept.isOn || worker.kept.text.way.kind !== 'webhook') return refused('NOT_FOUND');
      const { text } = worker.kept;
      if (source.topics !== null && !source.topics.includes(text.topic)) return refused('INGEST_SCOPE');
      const startedAt = clock.realNow();
      const found = text.items === '' ? message : valueAt(message, text.items);
      const records = (Array.isArray(found) ? found : [found]).filter((record): record is Record<string, unknown> => typeof record === 'object' && record !== null);
      if (records.length === 0) return refused('SOURCE_NO_ITEMS', { detail: text.items });
      const taken = await intake(text, records.map((fields, index) => ({ line: index + 1, fields })), []);
      if (!taken.ok) return taken;
      await worker.count(taken.value);
      const { rows, accepted, duplicates, rejected, refused: told } = taken.value;
      const run: Omit<ConnectorRun, 'id'> = { kind: 'webhook', state: 'done', startedAt, endedAt: clock.realNow(), from: null, to: null, share: 1, rows, accepted, duplicates, rejected, fault: null, refused: told };
      return guarded(async () => okay(await store.addRun(id, run)));
    },
    async close() {
      ended.abort();
      await wakes.close();
      await inTurn(async () => undefined);
      await Promise.all([...workers.values()].map((worker) => worker.close()));
      workers.clear();
    },
  };
}
