import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import { requestDueAt } from '../../domain/alert/deadlines.ts';
import * as life from '../../domain/alert/life.ts';
import { rightToOperate } from '../../domain/handling-request/rights.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import { alertTable } from '../topics/alert.ts';
import { handlingRequestTable } from '../topics/handlingRequest.ts';
import type { Stored } from '../topics/thingTable.ts';
import { type Act, type Bench, changeOf, type Desk, refusalOf, ruledOut } from './desk.ts';
import { issueRequest, stepWithSubject } from './requests.ts';

type Rule = (state: AlertState, bench: Bench) => life.AlertStepped;

async function lockAlert({ tx, scope }: Bench, id: string): Promise<Outcome<Stored<AlertState>>> {
  const stored = await alertTable.readForUpdate(tx, id);
  if (!stored) return refused('NOT_FOUND');
  return refusalOf(rightToOperate(scope, stored.state)) ?? okay(stored);
}

/** An act that changes nothing but the alert. */
const alone = (id: string, words: string | undefined, rule: Rule): Act<AlertState> => async (bench) => {
  const locked = await lockAlert(bench, id);
  if (!locked.ok) return locked;
  const stepped = rule(locked.value.state, bench);
  if (!stepped.ok) return ruledOut(stepped);
  return okay({ reply: stepped.state, changes: [changeOf(alertTable, locked.value, stepped.state)], words });
};

/** Commands of the operator who runs an alert. */
export function alertCommands(desk: Desk): CommandHandlers {
  return {
    'alert.acknowledge': (actor, { id }) =>
      desk.perform('alert.acknowledge', actor, alone(id, undefined, (state, { now }) => life.acknowledge(state, ownerOf(actor), now))),

    'alert.shelve': (actor, { id, until, reason }) =>
      desk.perform('alert.shelve', actor, alone(id, reason, (state, { now }) => life.shelve(state, { until, reason }, now))),

    'alert.close': (actor, { id, reason }) =>
      desk.perform('alert.close', actor, alone(id, reason, (state, { now }) => life.close(state, reason, now))),

    'alert.assign': (actor, { id, ...to }) =>
      desk.perform('alert.assign', actor, async (bench) => {
        const locked = await lockAlert(bench, id);
        if (!locked.ok) return locked;
        const { state } = locked.value;
        if (state.requestId !== null) return assignedAlready(bench, state, to.unit);
        const about = { topic: 'alert' as const, id: state.id, title: state.title };
        const issued = await issueRequest(bench, { ...placeOf(state), level: state.level, about }, to, requestDueAt(state, bench.now));
        if (!issued.ok) return issued;
        const request = issued.value;
        const stepped = life.assign(state, { unit: to.unit, requestId: request.id, owner: ownerOf(actor) }, bench.now);
        if (!stepped.ok) return ruledOut(stepped);
        return okay({
          reply: { alert: stepped.state, request },
          changes: [changeOf(handlingRequestTable, undefined, request), changeOf(alertTable, locked.value, stepped.state)],
          words: to.note,
        });
      }),

    'alert.verify': (actor, { id, isAccepted, reason }) =>
      desk.perform('alert.verify', actor, async (bench) => {
        const locked = await lockAlert(bench, id);
        if (!locked.ok) return locked;
        const { state } = locked.value;
        if (state.requestId === null) return refused('STATE_STEP');
        const stepped = await stepWithSubject(bench, isAccepted ? 'verify' : 'refuse', { id: state.requestId, words: reason });
        if (!stepped.ok) return stepped;
        const { changes } = stepped.value;
        const after = changes.find((change) => change.state.id === id)?.state as AlertState | undefined;
        return okay({ reply: after ?? state, changes, words: reason });
      }),
  };
}

const ownerOf = ({ id, name }: life.Owner): life.Owner => ({ id, name });
const placeOf = ({ position, ward, provenance, rehearsal }: AlertState) => ({ position, ward, provenance, rehearsal });

/** Assigning again to the unit that has it answers the same; to another unit it must be returned first. */
async function assignedAlready({ tx }: Bench, alert: AlertState, unit: string) {
  const [request] = await handlingRequestTable.read(tx, [alert.requestId ?? '']);
  if (!request || request.state.unit !== unit || alert.state === 'closed') return refused('STATE_STEP');
  return okay({ reply: { alert, request: request.state }, changes: [] });
}
