import type { ConnectorFault, ConnectorRun, ConnectorSecrets, ConnectorText } from '#contract/connector.ts';
import type { Static } from 'typebox';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine } from '../engine/engine.ts';
import type { Seal } from '../topics/seal.ts';
import { guarded } from '../work/guarded.ts';

/** Where a connector stands at the other side, and what came of it. Units: epoch ms. */
export interface ConnectorMemory {
  since: number | null;
  seen: Record<string, string>;
  accepted: number;
  duplicates: number;
  rejected: number;
  lastSuccessAt: number | null;
  failures: number;
  fault: Static<typeof ConnectorFault> | null;
}

/** A declaration with all that goes with it. */
export interface KeptConnector {
  text: ConnectorText;
  isOn: boolean;
  rev: number;
  changedAt: number;
  changedBy: string;
  secrets: Record<string, string>;
  memory: ConnectorMemory;
}

/** Declarations, their sealed secrets and their runs. */
export interface ConnectorStore {
  all(): Promise<KeptConnector[]>;
  one(id: string): Promise<KeptConnector | undefined>;
  /** `rev` 0 = a new one. Fails: STATE_CONFLICT, STORE_UNAVAILABLE. */
  write(actor: string, text: ConnectorText, secrets: ConnectorSecrets, rev: number): Promise<Outcome<void>>;
  turn(actor: string, id: string, isOn: boolean): Promise<Outcome<void>>;
  remove(actor: string, id: string): Promise<Outcome<void>>;
  remember(id: string, memory: ConnectorMemory): Promise<void>;
  addRun(id: string, run: Omit<ConnectorRun, 'id'>): Promise<ConnectorRun>;
  keepRun(run: ConnectorRun): Promise<void>;
  runs(id: string): Promise<ConnectorRun[]>;
  /** Backfills that were under way when the process ended. */
  unfinished(): Promise<{ connector: string; run: ConnectorRun }[]>;
}

export const FRESH: ConnectorMemory = { since: null, seen: {}, accepted: 0, duplicates: 0, rejected: 0, lastSuccessAt: null, failures: 0, fault: null };
const KEPT_RUNS = 100;
const SHOWN_RUNS = 30;

interface ConnectorRow {
  body: ConnectorText;
  isOn: boolean;
  rev: number;
  sealed: Uint8Array | null;
  memory: ConnectorMemory;
  changedAt: number;
  changedBy: string;
}

const SELECT = 'select body, is_on as "isOn", rev, sealed, memory, changed_at as "changedAt", changed_by as "changedBy" from connector';

export function createConnectorStore({ engine, seal, now }: { engine: Engine; seal: Seal; now(): number }): ConnectorStore {
  const secretsOf = (sealed: Uint8Array | null): Record<string, string> => (sealed ? (JSON.parse(seal.open(sealed)) as Record<string, string>) : {});
  const keptOf = ({ body, sealed, ...rest }: ConnectorRow): KeptConnector => ({ ...rest, text: body, secrets: secretsOf(sealed) });
  const runOf = ({ n, body }: { n: number; body: Omit<ConnectorRun, 'id'> }): ConnectorRun => ({ ...body, id: `cr-${n}` });

  return {
    all: async () => (await engine.query<ConnectorRow>(`${SELECT} order by id`)).map(keptOf),
    async one(id) {
      const [row] = await engine.query<ConnectorRow>(`${SELECT} where id = $1`, [id]);
      return row && keptOf(row);
    },
    write: (actor, text, sent, rev) =>
      guarded(() =>
        engine.tx(async (tx) => {
          const [known] = await tx.query<ConnectorRow>(`${SELECT} where id = $1 for update`, [text.id]);
          if ((known?.rev ?? 0) !== rev) return refused('STATE_CONFLICT');
          const secrets = { ...(known ? secretsOf(known.sealed) : {}), ...sent };
          const left = Object.fromEntries(Object.entries(secrets).filter(([, value]) => typeof value === 'string'));
          const sealed = Object.keys(left).length > 0 ? seal.seal(JSON.stringify(left)) : null;
          // Another address or form: what was seen at the old one says nothing about the new one.
          const isSame = known !== undefined && JSON.stringify([known.body.way, known.body.format, known.body.items, known.body.mapping]) === JSON.stringify([text.way, text.format, text.items, text.mapping]);
          const memory = isSame ? { ...known.memory, failures: 0, fault: null } : { ...FRESH, ...(known ? { accepted: known.memory.accepted, duplicates: known.memory.duplicates, rejected: known.memory.rejected, lastSuccessAt: known.memory.lastSuccessAt } : {}) };
          await tx.query(
            `insert into connector (id, body, sealed, rev, memory, changed_at, changed_by) values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (id) do update set body = excluded.body, sealed = excluded.sealed, rev = excluded.rev, memory = excluded.memory, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
            [text.id, JSON.stringify(text), sealed, rev + 1, JSON.stringify(memory), now(), actor],
          );
          await appendAudit(tx, { actor, action: 'connector.write', object: text.id, at: now() });
          return okay(undefined);
        }),
      ),
    turn: (actor, id, isOn) =>
      guarded(() =>
        engine.tx(async (tx) => {
          const changed = await tx.query('update connector set is_on = $2, rev = rev + 1, changed_at = $3, changed_by = $4 where id = $1 returning id', [id, isOn, now(), actor]);
          if (changed.length === 0) return refused('NOT_FOUND');
          await appendAudit(tx, { actor, action: isOn ? 'connector.start' : 'connector.stop', object: id, at: now() });
          return okay(undefined);
        }),
      ),
    remove: (actor, id) =>
      guarded(() =>
        engine.tx(async (tx) => {
          const gone = await tx.query('delete from connector where id = $1 returning id', [id]);
          if (gone.length === 0) return refused('NOT_FOUND');
          await appendAudit(tx, { actor, action: 'connector.remove', object: id, at: now() });
          return okay(undefined);
        }),
      ),
    async remember(id, memory) {
      await engine.query('update connector set memory = $2 where id = $1', [id, JSON.stringify(memory)]);
    },
    async addRun(id, run) {
      const [row] = await engine.query<{ n: number }>('insert into connector_run (connector, body, is_running) values ($1, $2, $3) returning n', [id, JSON.stringify(run), run.state === 'running']);
      await engine.query('delete from connector_run where connector = $1 and not is_running and n < (select min(n) from (select n from connector_run where connector = $1 order by n desc limit $2) newest)', [id, KEPT_RUNS]);
      return { ...run, id: `cr-${row!.n}` };
    },
    async keepRun({ id, ...run }) {
      await engine.query('update connector_run set body = $2, is_running = $3 where n = $1', [Number(id.slice(3)), JSON.stringify(run), run.state === 'running']);
    },
    runs: async (id) => (await engine.query<{ n: number; body: Omit<ConnectorRun, 'id'> }>('select n, body from connector_run where connector = $1 order by n desc limit $2', [id, SHOWN_RUNS])).map(runOf),
    unfinished: async () => (await engine.query<{ n: number; connector: string; body: Omit<ConnectorRun, 'id'> }>('select n, connector, body from connector_run where is_running order by n')).map((row) => ({ connector: row.connector, run: runOf(row) })),
  };
}
