import type { NodeState } from '#contract/system.ts';
import type { NodesPort } from '../../domain/ports/nodes.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';

const BEAT_MS = 1000;
/** Silent for so long, a server loses its duty. Units: seconds of the store. */
const LEASE_S = 5;
/** This server trusts its lease a little less long than the others do. Units: ms. */
const TRUST_MS = 4000;

/** A server that fell silent stays listed for a day, or until one of its name is back. */
const BEAT = `
  with gone as (delete from node where seen_at < clock_timestamp() - interval '1 day' or (name = $2 and id <> $1 and seen_at < clock_timestamp() - make_interval(secs => ${LEASE_S}))),
  mine as (
    insert into node (id, name, version, started_at, seen_at) values ($1, $2, $3, $4, clock_timestamp())
    on conflict (id) do update set seen_at = excluded.seen_at),
  duty as (
    update node_duty set holder = $1, until = clock_timestamp() + make_interval(secs => ${LEASE_S})
    where holder = $1 or until < clock_timestamp() returning holder)
  select exists (select from duty) as "isOnDuty"`;
const LIST = `
  select n.id, n.name, n.version, n.started_at as "startedAt", n.id = $1 as "isThis", n.id = d.holder and d.until >= clock_timestamp() as "isOnDuty",
    case when n.seen_at <= clock_timestamp() - make_interval(secs => ${LEASE_S}) then (extract(epoch from n.seen_at) * 1000)::bigint end as "lostSince"
  from node n cross join node_duty d order by n.started_at, n.id`;

/** This server among the others on its store. */
export interface Nodes extends NodesPort, Closable {
  /** Begins `work` when the duty comes here and ends it when the duty has gone to another. */
  whileOnDuty(work: () => Promise<() => Promise<void>>): void;
  /** Resolves once the works stand where the duty is. */
  settled(): Promise<void>;
  /** One beat. Called by an own timer; here for tests. */
  beat(): Promise<void>;
  close(): Promise<void>;
}

interface NodesDeps {
  engine: Engine;
  id: string;
  name: string;
  version: string;
  startedAt: number;
  log: Log;
  /** Time that no clock setting moves. Units: ms. */
  elapsed?: () => number;
  beatMs?: number;
}

/** Makes this server known and asks for the duty. On the embedded engine there is nobody else. */
export async function createNodes({ engine, id, name, version, startedAt, log, elapsed = () => performance.now(), beatMs = BEAT_MS }: NodesDeps): Promise<Nodes> {
  const isShared = engine.kind === 'postgres';
  let known: readonly NodeState[] = [{ id, name, version, startedAt, isThis: true, isOnDuty: !isShared, lostSince: null }];
  let trustedUntil = isShared ? -Infinity : Infinity;
  let hadDuty = !isShared;
  let turn: Promise<void> = Promise.resolve();
  const works: { begin: () => Promise<() => Promise<void>>; end: (() => Promise<void>) | undefined }[] = [];

  const inTurn = (act: () => Promise<void>) => {
    turn = turn.then(act).catch((error: unknown) => log.error({ error: String(error) }, 'work of the server on duty could not be moved'));
    return turn;
  };
  const settle = (isHere: boolean) =>
    inTurn(async () => {
      for (const work of works) {
        if (isHere) work.end ??= await work.begin();
        else {
          await work.end?.();
          work.end = undefined;
        }
      }
    });

  const beat = async () => {
    const askedAt = elapsed();
    const [answer] = await engine.query<{ isOnDuty: boolean }>(BEAT, [id, name, version, startedAt]);
    const isHere = answer?.isOnDuty === true;
    trustedUntil = isHere ? askedAt + TRUST_MS : -Infinity;
    known = await engine.query<NodeState>(LIST, [id]);
    if (isHere === hadDuty) return;
    hadDuty = isHere;
    log.info({ node: name }, isHere ? 'this server is on duty' : 'another server is on duty');
    void settle(isHere);
  };

  let beating: Promise<void> | undefined;
  const quietly = () => {
    beating ??= beat()
      .catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable)) log.error({ error: String(error) }, 'the beat of this server failed');
      })
      .finally(() => (beating = undefined));
  };
  if (isShared) await beat();
  const timer = isShared ? setInterval(quietly, beatMs) : undefined;

  return {
    isOnDuty: () => elapsed() < trustedUntil,
    list: () => known,
    whileOnDuty(begin) {
      works.push({ begin, end: undefined });
      if (hadDuty) void settle(true);
    },
    settled: () => turn,
    beat,
    async close() {
      clearInterval(timer);
      await beating;
      trustedUntil = -Infinity;
      await settle(false);
      if (!isShared) return;
      await engine.query(`with mine as (delete from node where id = $1) update node_duty set until = '-infinity' where holder = $1`, [id]).catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable)) throw error;
      });
    },
  };
}

/** Fails: throws when the store was sealed with another key, because this server could read neither camera addresses nor contacts. */
export async function checkSealMark(engine: Engine, mark: string): Promise<void> {
  await engine.query('insert into seal_mark (mark) values ($1) on conflict do nothing', [mark]);
  const [kept] = await engine.query<{ mark: string }>('select mark from seal_mark');
  if (kept?.mark !== mark) throw new Error('seal.key không phải khóa đã niêm phong kho này: chép seal.key từ máy chủ đầu tiên / seal.key is not the key that sealed this store: copy seal.key from the first server');
}
