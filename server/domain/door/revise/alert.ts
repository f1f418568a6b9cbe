import type { AlertItem, AlertState } from '#contract/topics/alert.ts';
import { alertDeadlines } from '../../alert/deadlines.ts';
import type { Revision, Reviser } from './revision.ts';

/**
 * An alert after a message of its source. Text, level, area, place and end belong to the source; state, owner, unit and
 * deadlines do not. When the level rises after someone took it over, it must be taken over anew.
 */
export const reviseAlert: Reviser<AlertItem, AlertState> = (revision) => {
  const { previous, passed: { item, ward }, now } = revision;
  if (!previous) return newAlert(revision);
  const revised: AlertState = {
    ...previous,
    level: item.level,
    title: item.title,
    text: item.text ?? previous.text,
    status: item.status ?? previous.status,
    position: item.position ?? previous.position,
    ward: item.position ? ward : previous.ward,
    area: item.area ?? previous.area,
    cameraKey: item.cameraKey ?? previous.cameraKey,
    evidence: item.evidence ?? previous.evidence,
    confidence: item.confidence ?? previous.confidence,
    updatedAt: Math.max(now, previous.updatedAt),
  };
  const isRaisedAgain = item.level < previous.level && previous.state !== 'raised';
  return isRaisedAgain ? raisedAgain(revised, now) : revised;
};

function newAlert({ id, source, now, passed: { ref, item, ward, provenance } }: Revision<AlertItem, AlertState>): AlertState {
  return {
    id, ref, source, provenance, ward,
    kind: item.kind,
    level: item.level,
    title: item.title,
    text: item.text ?? null,
    status: item.status ?? 'active',
    state: 'raised',
    owner: null,
    unit: item.unit ?? null,
    position: item.position ?? null,
    area: item.area ?? null,
    cameraKey: item.cameraKey ?? null,
    evidence: item.evidence ?? [],
    confidence: item.confidence ?? null,
    raisedAt: item.at,
    receivedAt: now,
    updatedAt: now,
    ...alertDeadlines(item.kind, item.level, item.at),
    acknowledgedAt: null,
    assignedAt: null,
    resolvedAt: null,
    verifiedAt: null,
    closedAt: null,
    requestId: null,
    shelvedUntil: null,
    shelvedReason: null,
    escalated: 0,
    duplicateOf: null,
  };
}

/** Nobody has answered the higher level yet: the time to take it over starts now, the time to resolve it stays as promised. */
function raisedAgain(alert: AlertState, now: number): AlertState {
  return {
    ...alert,
    state: 'raised',
    owner: null,
    acknowledgeBy: alertDeadlines(alert.kind, alert.level, now).acknowledgeBy,
    acknowledgedAt: null,
    assignedAt: null,
    resolvedAt: null,
    verifiedAt: null,
    closedAt: null,
    requestId: null,
    shelvedUntil: null,
    shelvedReason: null,
  };
}
