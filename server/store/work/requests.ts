import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import { type RequestAct, stepRequest } from '../../domain/handling-request/life.ts';
import { rightToOperate, rightToWork } from '../../domain/handling-request/rights.ts';
import { sees } from '../../domain/scope.ts';
import { handlingRequestTable } from '../topics/handlingRequest.ts';
import { type Bench, type Change, changeOf, type Desk, OWN_SOURCE, refusalOf, ruledOut } from './desk.ts';
import { lockSubject } from './subjects.ts';

/** One step of a request and of what it is about: the request after it, and everything that changed. */
export interface RequestStep {
  request: HandlingRequestState;
  changes: Change[];
}

/** What the words of an act are called in its command. */
interface Said {
  id: string;
  words?: string | undefined;
  media?: readonly string[] | undefined;
}

/** Acts on a request and carries its subject along. Fails: NOT_FOUND, AUTH_FORBIDDEN, STATE_STEP, STATE_REASON, STATE_RESULT. */
export async function stepWithSubject(bench: Bench, act: RequestAct, { id, words, media }: Said): Promise<Outcome<RequestStep>> {
  const { tx, now, actor, scope } = bench;
  const [glance] = await handlingRequestTable.read(tx, [id]);
  if (!glance) return refused('NOT_FOUND');
  const subject = await lockSubject(tx, glance.state);
  const stored = await handlingRequestTable.readForUpdate(tx, id);
  if (!stored) return refused('NOT_FOUND');

  const rightOf = act === 'verify' || act === 'refuse' ? rightToOperate : rightToWork;
  const refusal = refusalOf(rightOf(scope, stored.state));
  if (refusal) return refusal;
  const stepped = stepRequest(stored.state, act, { at: now, actor: actor.name, words, media });
  if (!stepped.ok) return ruledOut(stepped);
  if (stepped.state === stored.state) return okay({ request: stored.state, changes: [] });

  const followed = subject?.follow(act, now, words?.trim() ?? '') ?? okay(undefined);
  if (!followed.ok) return followed;
  const changes = [changeOf(handlingRequestTable, stored, stepped.state), ...(followed.value ? [followed.value] : [])];
  return okay({ request: stepped.state, changes });
}

/** What a new request takes from its subject. */
export interface RequestOf {
  about: NonNullable<HandlingRequestState['about']>;
  level: HandlingRequestState['level'];
  position: HandlingRequestState['position'];
  ward: string | null;
  provenance: HandlingRequestState['provenance'];
  /** Work that follows from a rehearsal belongs to it. */
  rehearsal?: HandlingRequestState['rehearsal'];
}

/** How an operator hands a thing to a unit. */
export interface Assignment {
  unit: string;
  /** One patrol of the unit. */
  patrol?: string | undefined;
  note?: string | undefined;
  dueAt?: number | undefined;
}

/** A request ready to be sent to a unit. Fails: INGEST_UNIT, AUTH_FORBIDDEN for a unit outside the scope, REQUEST_BODY for a due time that has passed. */
export async function issueRequest({ tx, now, actor, scope, units }: Bench, of: RequestOf, to: Assignment, defaultDueAt: number): Promise<Outcome<HandlingRequestState>> {
  if (!units.has(to.unit)) return refused('INGEST_UNIT', { pointer: '/unit' });
  if (!sees(scope, to.unit, null)) return refused('AUTH_FORBIDDEN', { pointer: '/unit' });
  if (to.dueAt !== undefined && to.dueAt <= now) return refused('REQUEST_BODY', { pointer: '/dueAt' });
  const [id] = await handlingRequestTable.nextIds(tx, 1);
  if (id === undefined) throw new Error('the store gave no id');
  return okay({
    ...of,
    ...UNTOUCHED,
    id,
    ref: id,
    source: OWN_SOURCE,
    title: of.about.title,
    note: to.note?.trim() || null,
    unit: to.unit,
    ...(to.patrol ? { patrol: to.patrol } : {}),
    step: 'sent',
    issuedBy: actor.name,
    issuedAt: now,
    updatedAt: now,
    dueAt: to.dueAt ?? defaultDueAt,
  });
}

const UNTOUCHED = {
  deliveredAt: null, readAt: null, acceptedAt: null, acceptedBy: null, returnedAt: null, returnReason: null,
  carriedOutAt: null, result: null, verifiedAt: null, verifiedBy: null,
} as const;

/** Commands of the unit that has a request. */
export function requestCommands(desk: Desk): CommandHandlers {
  const step = (act: RequestAct) => (actor: Principal, said: Said) =>
    desk.perform(`handling-request.${act}`, actor, async (bench) => {
      const stepped = await stepWithSubject(bench, act, said);
      return stepped.ok ? okay({ reply: stepped.value.request, changes: stepped.value.changes, words: said.words }) : stepped;
    });
  const give = step('return');
  const carryOut = step('carry-out');
  return {
    'handling-request.deliver': step('deliver'),
    'handling-request.read': step('read'),
    'handling-request.accept': step('accept'),
    'handling-request.return': (actor, { id, reason }) => give(actor, { id, words: reason }),
    'handling-request.carry-out': (actor, { id, result, media }) => carryOut(actor, { id, words: result, media }),
  };
}
