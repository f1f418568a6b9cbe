import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { SharedTopic } from '#contract/register.ts';
import type { RegisterPort } from '../../domain/ports/register.ts';
import { reconcile, type SystemRecord } from '../../domain/register/reconcile.ts';
import type { Scope } from '../../domain/scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import { createConditions } from '../collections/conditions.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import naming from './naming.json' with { type: 'json' };

const DAY_MS = 86_400_000;
const MOST_ROWS = 1000;
const SIDES = { unit: 'r.unit', procedure: `r."values" ->> 'procedure'`, level: `coalesce(r."values" ->> 'level', '')` } as const;

export interface RegisterDeps {
  engine: Engine;
  clock: Pick<Clock, 'now'>;
  units: { get(code: string): { fullName: string } | undefined };
}

interface Counted {
  key: string | null;
  received: number;
  onTime: number;
  overdue: number;
}

/** Builds the reads over the register. */
export function createRegister({ engine, clock, units }: RegisterDeps): RegisterPort {
  const answer = async <T>(work: () => Promise<T>): Promise<Outcome<T>> => {
    try {
      return okay(await work());
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
      throw error;
    }
  };
  const recordsOf = (topic: SharedTopic, source: string, scope: Scope) => {
    const conditions = createConditions(scope, 'r');
    conditions.add('r.topic = ? and r.source = ?', topic, source);
    return engine.query<SystemRecord>(`select ${naming[topic].name} as name, r.unit, ${naming[topic].said} as said from record r where ${conditions.where()}`, conditions.params());
  };
  const count = (side: string, from: string, to: string, scope: Scope) => {
    const conditions = createConditions(scope, 'r');
    conditions.add(`r.topic = 'dossier' and r.period between ? and ?`, from, to);
    return engine.query<Counted>(
      `select ${side} as key, sum((r."values" ->> 'received')::integer)::integer as received, sum((r."values" ->> 'onTime')::integer)::integer as "onTime", sum((r."values" ->> 'overdue')::integer)::integer as overdue
       from record r where ${conditions.where()} group by 1`, conditions.params(),
    );
  };
  const shareOf = ({ onTime, overdue }: Counted) => (onTime + overdue === 0 ? null : overdue / (onTime + overdue));
  const dayBefore = (day: string, days: number) => new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

  return {
    reconcile: (topic, a, b, scope) =>
      answer(async () => {
        const compared = reconcile(await recordsOf(topic, a, scope), await recordsOf(topic, b, scope));
        return { at: clock.now(), topic, a, b, ...compared, rows: compared.rows.slice(0, MOST_ROWS) };
      }),
    dossiers: (by, from, to, scope) =>
      answer(async () => {
        const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
        const before = new Map((await count(SIDES[by], dayBefore(from, days), dayBefore(from, 1), scope)).map((one) => [one.key, shareOf(one)]));
        const lines = (await count(SIDES[by], from, to, scope)).map((one) => {
          const key = one.key ?? '';
          return { key, name: by === 'unit' ? (units.get(key)?.fullName ?? key) : key, received: one.received, onTime: one.onTime, overdue: one.overdue, overdueShare: shareOf(one), before: before.get(one.key) ?? null };
        });
        return { at: clock.now(), by, from, to, lines: lines.sort((x, y) => (y.overdueShare ?? -1) - (x.overdueShare ?? -1) || x.key.localeCompare(y.key)) };
      }),
  };
}
