import type { FaultCode } from '#contract/faults.ts';
import type { CaseLifeState, CaseState, Milestone, Nudge, Obstacle, Responsible } from '#contract/topics/case.ts';

/** What people can do to a case. */
export type CaseAct = 'acknowledge' | 'plan' | 'add-milestone' | 'keep-milestone' | 'obstacle' | 'nudge' | 'read' | 'submit' | 'report' | 'accept' | 'return' | 'verify' | 'refuse' | 'close';

/** One row of the life table: from which states to which; null keeps the state. */
export interface CaseRule {
  from: readonly CaseLifeState[];
  to: CaseLifeState | null;
}

const BEFORE_SUBMITTED = ['opened', 'acknowledged', 'planned'] as const;
const ALIVE = [...BEFORE_SUBMITTED, 'submitted', 'accepted', 'resolved'] as const;

/** Life of a case. `return` sends a plan back, `refuse` a result. */
export const CASE_LIFE: Readonly<Record<CaseAct, CaseRule>> = {
  acknowledge: { from: ['opened'], to: 'acknowledged' },
  plan: { from: BEFORE_SUBMITTED, to: null },
  'add-milestone': { from: [...BEFORE_SUBMITTED, 'accepted'], to: null },
  'keep-milestone': { from: ['planned', 'submitted', 'accepted', 'resolved'], to: null },
  obstacle: { from: ALIVE, to: null },
  nudge: { from: ALIVE, to: null },
  read: { from: [...ALIVE, 'verified', 'closed'], to: null },
  submit: { from: ['planned'], to: 'submitted' },
  accept: { from: ['submitted'], to: 'accepted' },
  return: { from: ['submitted'], to: 'planned' },
  report: { from: ['accepted'], to: 'resolved' },
  verify: { from: ['resolved'], to: 'verified' },
  refuse: { from: ['resolved'], to: 'accepted' },
  close: { from: ['verified'], to: 'closed' },
};

/** The case after an act, the same object when nothing changes, or the refusal. */
export type CaseStepped = { ok: true; state: CaseState } | { ok: false; code: FaultCode; pointer?: string; detail?: string };

/** The four mandatory fields, by what is missing. */
export function missingFields({ cause, solution, milestones, responsible }: Pick<CaseState, 'cause' | 'solution' | 'milestones' | 'responsible'>): string[] {
  return [...(isSaid(cause) ? [] : ['cause']), ...(isSaid(solution) ? [] : ['solution']), ...(milestones.length > 0 ? [] : ['milestones']), ...(responsible ? [] : ['responsible'])];
}

/** The unit takes note. Again: the same answer. Fails: STATE_STEP. */
export function acknowledge(state: CaseState, at: number): CaseStepped {
  return state.acknowledgedAt !== null ? { ok: true, state } : move(state, 'acknowledge', at, (moment) => ({ acknowledgedAt: moment }));
}

/** What a unit writes into its plan; what is not named stays as it is. */
export interface Plan {
  cause?: string | undefined;
  solution?: string | undefined;
  responsible?: Responsible | undefined;
  milestones?: readonly { title: string; dueAt: number }[] | undefined;
}

/** Writes the four fields, all or some; with all of them the case is planned. A promise whose moment is over, or that was kept, stays as it was. Fails: STATE_STEP, REQUEST_BODY for a milestone in the past. */
export function plan(state: CaseState, { cause, solution, responsible, milestones }: Plan, at: number): CaseStepped {
  const past = (milestones ?? []).findIndex(({ dueAt }) => dueAt <= at);
  if (past >= 0) return { ok: false, code: 'REQUEST_BODY', pointer: `/milestones/${past}/dueAt` };
  return move(state, 'plan', at, (moment) =>
    planned({
      ...state,
      cause: cause?.trim() || state.cause,
      solution: solution?.trim() || state.solution,
      responsible: responsible ?? state.responsible,
      milestones: milestones ? promisedAnew(state.milestones, milestones, moment) : state.milestones,
    }, moment),
  );
}

/** Promises that can no longer be changed, then the new ones under numbers never used by them. */
function promisedAnew(before: readonly Milestone[], wanted: readonly { title: string; dueAt: number }[], at: number): Milestone[] {
  const settled = before.filter(({ keptAt, dueAt }) => keptAt !== null || dueAt <= at);
  const last = lastNumber(settled);
  return [...settled, ...wanted.map((one, place) => promise(`m${last + place + 1}`, one, at))];
}

const lastNumber = (milestones: readonly Milestone[]): number => Math.max(0, ...milestones.map(({ id }) => Number(id.slice(1))));

/** Adds a dated step to the roadmap. Fails: STATE_STEP, REQUEST_BODY. */
export function addMilestone(state: CaseState, one: { title: string; dueAt: number }, at: number): CaseStepped {
  if (one.dueAt <= at) return { ok: false, code: 'REQUEST_BODY', pointer: '/dueAt' };
  return move(state, 'add-milestone', at, (moment) => {
    const milestones = [...state.milestones, promise(`m${lastNumber(state.milestones) + 1}`, one, moment)];
    return state.state === 'accepted' ? { milestones, dueAt: Math.max(...milestones.map(({ dueAt }) => dueAt)) } : planned({ ...state, milestones }, moment);
  });
}

/** The unit did what it promised; late is said as it is. Again: the same answer. Fails: STATE_STEP, NOT_FOUND. */
export function keepMilestone(state: CaseState, id: string, evidence: readonly string[], at: number): CaseStepped {
  const known = state.milestones.find((one) => one.id === id);
  if (!known) return { ok: false, code: 'NOT_FOUND', pointer: '/milestone' };
  if (known.keptAt !== null) return { ok: true, state };
  return move(state, 'keep-milestone', at, (moment) => ({ milestones: state.milestones.map((one) => (one.id === id ? { ...one, keptAt: moment, evidence: [...evidence] } : one)) }));
}

/** Asks a supporting unit. Fails: STATE_STEP. */
export function addObstacle(state: CaseState, obstacle: Omit<Obstacle, 'id' | 'raisedAt' | 'answeredAt' | 'answer'>, at: number): CaseStepped {
  return move(state, 'obstacle', at, (moment) => ({ obstacles: [...state.obstacles, { ...obstacle, id: `o${state.obstacles.length + 1}`, raisedAt: moment, answeredAt: null, answer: null }] }));
}

/** Follows the handling request of an obstacle: carried out, it is answered; refused, it is open again. */
export function answerObstacle(state: CaseState, requestId: string, answer: string | null, at: number): CaseStepped {
  const obstacles = state.obstacles.map((one) => (one.requestId === requestId ? { ...one, answeredAt: answer === null ? null : at, answer } : one));
  return { ok: true, state: { ...state, obstacles, updatedAt: Math.max(at, state.updatedAt) } };
}

/** The request of an obstacle was given to another unit: that one answers it. */
export function moveObstacle(state: CaseState, requestId: string, to: Pick<Obstacle, 'unit' | 'requestId' | 'dueAt'>, at: number): CaseState {
  return { ...state, obstacles: state.obstacles.map((one) => (one.requestId === requestId ? { ...one, ...to } : one)), updatedAt: Math.max(at, state.updatedAt) };
}

/** Sends a nudge (đôn đốc) or guidance (hướng dẫn). Fails: STATE_STEP. */
export function addNudge(state: CaseState, { kind, text }: Pick<Nudge, 'kind' | 'text'>, at: number): CaseStepped {
  return move(state, 'nudge', at, (moment) => ({ nudges: [...state.nudges, { id: `n${state.nudges.length + 1}`, kind, text: text.trim(), sentAt: moment, readAt: null }] }));
}

/** The unit has seen every nudge. */
export function readNudges(state: CaseState, at: number): CaseStepped {
  if (state.nudges.every(({ readAt }) => readAt !== null)) return { ok: true, state };
  return move(state, 'read', at, (moment) => ({ nudges: state.nudges.map((one) => ({ ...one, readAt: one.readAt ?? moment })) }));
}

/** Hands in the plan, or, once it is accepted, the result. Fails: CASE_FIELDS, STATE_RESULT, STATE_STEP. */
export function submit(state: CaseState, said: { result?: string | undefined; evidence?: readonly string[] | undefined }, at: number): CaseStepped {
  if (state.state !== 'accepted') return move(state, 'submit', at, (moment) => ({ submittedAt: moment, returnReason: null }));
  const result = said.result?.trim() ?? '';
  if (result === '') return { ok: false, code: 'STATE_RESULT' };
  return move(state, 'report', at, (moment) => ({ resolvedAt: moment, result, evidence: [...new Set([...state.evidence, ...(said.evidence ?? [])])], returnReason: null }));
}

/** Checks the plan, or, once reported, the result. Fails: STATE_REASON, STATE_STEP. */
export function check(state: CaseState, isAccepted: boolean, reason: string | undefined, at: number): CaseStepped {
  const words = reason?.trim() ?? '';
  if (!isAccepted && words === '') return { ok: false, code: 'STATE_REASON' };
  const isResult = state.state === 'resolved';
  if (!isAccepted) return move(state, isResult ? 'refuse' : 'return', at, () => ({ returnReason: words, ...(isResult ? { resolvedAt: null } : { submittedAt: null }) }));
  if (isResult) return move(state, 'verify', at, (moment) => ({ verifiedAt: moment, returnReason: null }));
  return move(state, 'accept', at, (moment) => ({ acceptedAt: moment, returnReason: null, dueAt: Math.max(...state.milestones.map(({ dueAt }) => dueAt)) }));
}

/** Ends the case; while the data is still ĐỎ only with a reason. Again: the same answer. Fails: STATE_REASON, STATE_STEP. */
export function close(state: CaseState, reason: string | undefined, at: number): CaseStepped {
  if (state.state === 'closed') return { ok: true, state };
  if (state.reading.level === 'red' && !isSaid(reason ?? null)) return { ok: false, code: 'STATE_REASON' };
  return move(state, 'close', at, (moment) => ({ closedAt: moment, closeReason: reason?.trim() || null }));
}

const isSaid = (words: string | null) => words !== null && words.trim() !== '';

const promise = (id: string, { title, dueAt }: { title: string; dueAt: number }, at: number): Milestone => ({ id, title: title.trim(), dueAt, promisedAt: at, keptAt: null, evidence: [] });

function planned(state: CaseState, at: number): CaseState {
  const acknowledged = { ...state, acknowledgedAt: state.acknowledgedAt ?? at };
  if (missingFields(state).length > 0) return { ...acknowledged, state: 'acknowledged', plannedAt: null };
  return { ...acknowledged, state: 'planned', plannedAt: state.plannedAt ?? at };
}

/** States that stand on the four fields. */
const NEEDS_FIELDS: ReadonlySet<CaseLifeState> = new Set(['submitted', 'accepted', 'resolved', 'verified', 'closed']);

function move(state: CaseState, act: CaseAct, at: number, change: (moment: number) => Partial<CaseState>): CaseStepped {
  const rule = CASE_LIFE[act];
  if (act === 'submit' && BEFORE_SUBMITTED.some((one) => one === state.state) && missingFields(state).length > 0) return { ok: false, code: 'CASE_FIELDS', detail: missingFields(state).join(', ') };
  if (!rule.from.includes(state.state)) return { ok: false, code: 'STATE_STEP' };
  const moment = Math.max(at, state.updatedAt);
  const changed: CaseState = { ...state, ...change(moment), updatedAt: moment };
  const next: CaseState = rule.to ? { ...changed, state: rule.to } : changed;
  if (NEEDS_FIELDS.has(next.state) && missingFields(next).length > 0) return { ok: false, code: 'CASE_FIELDS', detail: missingFields(next).join(', ') };
  return { ok: true, state: next };
}
