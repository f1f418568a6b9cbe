import type { Provenance } from '#contract/base.ts';
import type { AnyItem } from '../checkItem.ts';
import type { Reviser } from './revision.ts';

/** A record of the register: an indicator value, a dossier count, an assignment, a document, an act of outreach, a network security event. */
export interface RecordState {
  id: string;
  ref: string;
  source: string;
  unit: string | null;
  ward: string | null;
  position: [number, number] | null;
  provenance: Provenance;
  at: number;
  receivedAt: number;
  rehearsal?: string | null | undefined;
  values: Record<string, unknown>;
}

/** A record after a message: the newest message replaces its values as a whole. */
export const reviseRecord: Reviser<AnyItem, RecordState> = ({ id, source, now, passed: { ref, item, ward, provenance } }) => {
  const { key: _key, ref: _ref, at, provenance: _provenance, unit, position, ...values } = item;
  return { id, ref, source, provenance, ward, unit: unit ?? null, position: position ?? null, at, receivedAt: now, values };
};
