import type { Provenance } from '#contract/base.ts';
import type { Escalation, EscalationTopic } from '#contract/escalation.ts';
import { LADDER, mayAnswer, mayRaise, type Step } from '../../domain/escalation/ladder.ts';
import type { Scope } from '../../domain/scope.ts';
import type { Queryable } from '../engine/engine.ts';

const PREFIX = 'es-';
export const idOf = (n: number): string => `${PREFIX}${n}`;
export const numberOf = (id: string): number => (/^es-[1-9]\d{0,14}$/.test(id) ? Number(id.slice(PREFIX.length)) : 0);
/** Names the notices of one rung, which are its receipts. */
export const causeOf = (n: number, level: number): string => `escalation/${n}/${level}`;

/** One matter as it is kept. */
export interface Kept {
  n: number;
  topic: EscalationTopic;
  thing: string;
  title: string;
  unit: string;
  ward: string | null;
  provenance: Provenance;
  reason: string;
  askedBy: string;
  askedAt: number;
  steps: Step[];
  answer: string | null;
  answeredBy: string | null;
  answeredAt: number | null;
}

export const COLUMNS = `n, topic, thing, title, unit, ward, provenance, reason, asked_by_name as "askedBy", asked_at as "askedAt", steps, answer, answered_by_name as "answeredBy", answered_at as "answeredAt"`;

interface ReceiptRow {
  cause: string;
  name: string;
  at: number;
  readAt: number | null;
}

/** Matters as a reader sees them, with the receipts of every rung. */
export async function shownAs(db: Queryable, kept: readonly Kept[], scope: Scope, nameOf: (unit: string) => string): Promise<Escalation[]> {
  const causes = kept.flatMap(({ n, steps }) => steps.map(({ level }) => causeOf(n, level)));
  const receipts = Map.groupBy(
    causes.length === 0 ? [] : await db.query<ReceiptRow>('select o.cause, a.name, o.at, o.read_at as "readAt" from notice o join account a on a.id = o.account where o.cause = any($1) order by o.n', [causes]),
    ({ cause }) => cause,
  );
  return kept.map(({ n, ward: _ward, steps, ...one }) => {
    const isOpen = one.answeredAt === null;
    return {
      ...one,
      id: idOf(n),
      unitName: nameOf(one.unit),
      level: steps.at(-1)?.level ?? 0,
      rungs: LADDER.map(({ level, name }) => {
        const step = steps.find((taken) => taken.level === level);
        return { level, name, reachedAt: step?.reachedAt ?? null, dueAt: step?.dueAt ?? null, receipts: (receipts.get(causeOf(n, level)) ?? []).map(({ cause: _cause, ...receipt }) => receipt) };
      }),
      mayAnswer: isOpen && mayAnswer(steps, scope.principal),
      mayRaise: isOpen && mayRaise(steps, scope.principal),
    };
  });
}
