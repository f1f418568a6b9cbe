import { okay, type FaultCode, type Outcome } from '#contract/faults.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { ALERT_FOLLOWS } from '../../domain/alert/life.ts';
import { FEEDBACK_FOLLOWS } from '../../domain/feedback/life.ts';
import type { RequestAct } from '../../domain/handling-request/life.ts';
import { answerObstacle } from '../../domain/red-case/life.ts';
import type { Tx } from '../engine/engine.ts';
import { alertTable } from '../topics/alert.ts';
import { caseTable } from '../topics/case.ts';
import { feedbackTable } from '../topics/feedback.ts';
import type { Stored, Thing, ThingTable } from '../topics/thingTable.ts';
import { type Change, changeOf, ruledOut } from './desk.ts';

/** The thing a request is about, locked, and how it follows what happens to the request. */
export interface Subject {
  requestId: string | null;
  /** Undefined when the act on the request leaves the subject as it is. */
  follow(act: RequestAct, at: number, words: string): Outcome<Change | undefined>;
}

type Stepped<State> = { ok: true; state: State } | { ok: false; code: FaultCode };
type Follows<State> = Partial<Record<RequestAct, (state: State, at: number, words: string) => Stepped<State>>>;

interface SubjectKind {
  /** `requestId` tells which of several requests about the same thing is meant. */
  lock(tx: Tx, id: string, requestId: string): Promise<Subject | undefined>;
}

function kindOf<State extends Thing & { requestId: string | null }>(table: ThingTable<State>, follows: Follows<State>): SubjectKind {
  const subjectOf = (stored: Stored<State>): Subject => ({
    requestId: stored.state.requestId,
    follow(act, at, words) {
      const stepped = follows[act]?.(stored.state, at, words);
      if (!stepped) return okay(undefined);
      return stepped.ok ? okay(changeOf(table, stored, stepped.state)) : ruledOut(stepped);
    },
  });
  return {
    async lock(tx, id) {
      const stored = await table.readForUpdate(tx, id);
      return stored && subjectOf(stored);
    },
  };
}

/** The vướng mắc of a case that a request asks about: carried out, it is answered. */
async function lockObstacle(tx: Tx, id: string, requestId: string): Promise<Subject | undefined> {
  const stored = await caseTable.readForUpdate(tx, id);
  if (!stored?.state.obstacles.some((obstacle) => obstacle.requestId === requestId)) return undefined;
  return {
    requestId,
    follow(act, at, words) {
      if (act !== 'carry-out' && act !== 'refuse') return okay(undefined);
      const stepped = answerObstacle(stored.state, requestId, act === 'carry-out' ? words : null, at);
      return stepped.ok ? okay(changeOf(caseTable, stored, stepped.state)) : ruledOut(stepped);
    },
  };
}

const KINDS: Partial<Record<NonNullable<HandlingRequestState['about']>['topic'], SubjectKind>> = {
  alert: kindOf(alertTable, ALERT_FOLLOWS),
  feedback: kindOf(feedbackTable, FEEDBACK_FOLLOWS),
  case: { lock: lockObstacle },
};

/**
 * Locks the subject of a request, before the request itself: every act takes its locks in this order. Undefined when the
 * request is about nothing whose life follows requests, or is no longer the one its subject waits for.
 */
export async function lockSubject(tx: Tx, { id, about }: HandlingRequestState): Promise<Subject | undefined> {
  const subject = about && (await KINDS[about.topic]?.lock(tx, about.id, id));
  return subject?.requestId === id ? subject : undefined;
}
