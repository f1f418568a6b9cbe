import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { CaseState, Responsible } from '#contract/topics/case.ts';
import type { Right } from '../../domain/handling-request/rights.ts';
import { rightToOperate, rightToWork } from '../../domain/handling-request/rights.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import * as life from '../../domain/red-case/life.ts';
import { type Scope } from '../../domain/scope.ts';
import { caseTable } from '../topics/case.ts';
import type { Stored } from '../topics/thingTable.ts';
import { type Act, type Bench, changeOf, createDesk, refusalOf, ruledOut, type WorkDeps } from '../work/desk.ts';
import { findResponsible } from './people.ts';
import { answerCommand, directionCommand, obstacleCommand } from './requests.ts';

type RightOf = (scope: Scope, thing: { unit: string | null; ward: string | null }) => Right;
type Rule = (state: CaseState, bench: Bench) => life.CaseStepped | Promise<life.CaseStepped | Outcome<never>>;

/** Locks a case for who has the right. Fails: NOT_FOUND, AUTH_FORBIDDEN. */
export async function lockCase({ tx, scope }: Bench, id: string, rightOf: RightOf): Promise<Outcome<Stored<CaseState>>> {
  const stored = await caseTable.readForUpdate(tx, id);
  if (!stored) return refused('NOT_FOUND');
  return refusalOf(rightOf(scope, stored.state)) ?? okay(stored);
}

/** An act that changes nothing but the case. */
const alone = (id: string, rightOf: RightOf, words: string | undefined, rule: Rule): Act<CaseState> => async (bench) => {
  const locked = await lockCase(bench, id, rightOf);
  if (!locked.ok) return locked;
  const stepped = await rule(locked.value.state, bench);
  if (!stepped.ok) return 'fault' in stepped ? stepped : ruledOut(stepped);
  if (!('state' in stepped)) throw new Error('a rule gave neither a case nor a refusal');
  return okay({ reply: stepped.state, changes: [changeOf(caseTable, locked.value, stepped.state)], words });
};

/** Commands of units and operators on cases, and a leader's direction to a unit. */
export function createCaseCommands(deps: WorkDeps): CommandHandlers {
  const desk = createDesk(deps);
  return {
    'case.acknowledge': (actor, { id }) => desk.perform('case.acknowledge', actor, alone(id, rightToWork, undefined, (state, { now }) => life.acknowledge(state, now))),

    'case.plan': (actor, { id, responsible, ...said }) =>
      desk.perform('case.plan', actor, alone(id, rightToWork, wordsOf(said), async (state, bench) => {
        let person: Responsible | undefined;
        if (responsible !== undefined) {
          const found = await findResponsible(bench, responsible, state.unit);
          if (!found.ok) return found;
          person = found.value;
        }
        return life.plan(state, { ...said, responsible: person }, bench.now);
      })),

    'case.add-milestone': (actor, { id, ...one }) => desk.perform('case.add-milestone', actor, alone(id, rightToWork, one.title, (state, { now }) => life.addMilestone(state, one, now))),

    'case.keep-milestone': (actor, { id, milestone, evidence }) =>
      desk.perform('case.keep-milestone', actor, alone(id, rightToWork, milestone, (state, { now }) => life.keepMilestone(state, milestone, evidence ?? [], now))),

    'case.nudge': (actor, { id, kind, text }) => desk.perform('case.nudge', actor, alone(id, rightToOperate, text, (state, { now }) => life.addNudge(state, { kind, text }, now))),

    'case.read': (actor, { id }) => desk.perform('case.read', actor, alone(id, rightToWork, undefined, (state, { now }) => life.readNudges(state, now))),

    'case.submit': (actor, { id, ...said }) => desk.perform('case.submit', actor, alone(id, rightToWork, said.result, (state, { now }) => life.submit(state, said, now))),

    'case.verify': (actor, { id, isAccepted, reason }) => desk.perform('case.verify', actor, alone(id, rightToOperate, reason, (state, { now }) => life.check(state, isAccepted, reason, now))),

    'case.close': (actor, { id, reason }) => desk.perform('case.close', actor, alone(id, rightToOperate, reason, (state, { now }) => life.close(state, reason, now))),

    'case.obstacle': obstacleCommand(desk),
    'case.answer-obstacle': answerCommand(desk),
    'direction.issue': directionCommand(desk),
  };
}

const wordsOf = ({ cause, solution }: { cause?: string | undefined; solution?: string | undefined }) => [cause, solution].filter((words) => words !== undefined).join(' · ') || undefined;
