import type { CameraRound } from '#contract/cameras.ts';
import { ROUND } from '../../domain/camera/policy.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';

export interface RoundDeps {
  engine: Engine;
  clock: Clock;
  log: Log;
  /** Looks at one camera and keeps what was found. */
  lookAt(n: number): Promise<void>;
  /** Of several servers only one goes the round by itself. */
  isOnDuty(): boolean;
}

export interface Round {
  /** Begins a round, or finds the one that is going on this server or another. */
  begin(): Promise<CameraRound>;
  state(): Promise<CameraRound | null>;
  /** The round ends after the cameras it is just looking at. */
  stop(): Promise<CameraRound | null>;
  close(): Promise<void>;
}

/** A round that nothing was heard of for so long ended with its server. Units: ms. */
const SILENT_MS = 120_000;
const STATE = `started_at as "startedAt", total, checked, is_stopped as "isStopped", ended_at is null and touched_at > $1 as "isGoing"`;

/** Every camera is looked at in turn, some at once; how far the round is stands in the store. */
export function createRound({ engine, clock, log, lookAt, isOnDuty }: RoundDeps): Round {
  let walking: Promise<void> = Promise.resolve();
  let isClosed = false;
  const heardSince = () => clock.now() - SILENT_MS;
  const state = async () => (await engine.query<CameraRound>(`select ${STATE} from camera_round`, [heardSince()]))[0] ?? null;

  const walk = async (startedAt: number, cameras: number[]) => {
    const isWanted = async () => !isClosed && (await engine.query('update camera_round set touched_at = $2 where started_at = $1 and not is_stopped returning one', [startedAt, clock.now()])).length > 0;
    const walker = async () => {
      for (let n = cameras.shift(); n !== undefined && (await isWanted()); n = cameras.shift()) {
        await lookAt(n);
        await engine.query('update camera_round set checked = checked + 1, touched_at = $2 where started_at = $1', [startedAt, clock.now()]);
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: ROUND.atOnce }, walker));
    await engine.query('update camera_round set ended_at = $2 where started_at = $1', [startedAt, clock.now()]);
    const broken = ends.find((end) => end.status === 'rejected');
    if (broken) throw broken.reason;
  };

  const begin = async () => {
    const cameras = (await engine.query<{ n: number }>('select n from camera order by n')).map(({ n }) => n);
    const now = clock.now();
    const [begun] = await engine.query<CameraRound>(
      `insert into camera_round (started_at, total, checked, touched_at) values ($2, $3, 0, $2)
       on conflict (one) do update set started_at = greatest(excluded.started_at, camera_round.started_at + 1), total = excluded.total, checked = 0, touched_at = excluded.touched_at, ended_at = null, is_stopped = false
       where camera_round.ended_at is not null or camera_round.touched_at <= $1 returning ${STATE}`,
      [heardSince(), now, cameras.length],
    );
    if (begun) walking = walk(begun.startedAt, cameras).catch((error: unknown) => log.warn({ error: String(error) }, 'the round of cameras was not finished'));
    return begun ?? (await state())!;
  };

  const timer = setInterval(() => {
    if (isOnDuty()) begin().catch((error: unknown) => log.warn({ error: String(error) }, 'the round of cameras was not begun'));
  }, ROUND.everyMs);

  return {
    begin,
    state,
    async stop() {
      await engine.query('update camera_round set is_stopped = true where ended_at is null');
      return state();
    },
    async close() {
      isClosed = true;
      clearInterval(timer);
      await walking;
    },
  };
}
