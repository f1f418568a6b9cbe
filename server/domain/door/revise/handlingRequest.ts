import type { Static } from 'typebox';
import type { Level } from '#contract/base.ts';
import type { HandlingRequestItem, HandlingRequestState, Subject } from '#contract/topics/handlingRequest.ts';
import type { Reviser } from './revision.ts';

/** What a request is about, as far as the request repeats it. */
export interface FoundSubject {
  about: Static<typeof Subject>;
  level: Level | null;
  position: [number, number] | null;
  ward: string | null;
}

/** A request of another system after a message: title and note belong to it, steps and the deadline do not. */
export const reviseHandlingRequest =
  (subject: FoundSubject | undefined): Reviser<HandlingRequestItem, HandlingRequestState> =>
  ({ id, previous, source, now, passed: { ref, item, ward, provenance } }) => {
    if (previous) return { ...previous, title: item.title, note: item.note ?? previous.note, updatedAt: Math.max(now, previous.updatedAt) };
    return {
      id, ref, source, provenance,
      about: subject?.about ?? null,
      title: item.title,
      note: item.note ?? null,
      unit: item.unit,
      level: subject?.level ?? null,
      position: item.position ?? subject?.position ?? null,
      ward: item.position ? ward : (subject?.ward ?? null),
      step: 'sent',
      issuedBy: null,
      issuedAt: item.at,
      updatedAt: now,
      dueAt: item.dueAt,
      deliveredAt: null,
      readAt: null,
      acceptedAt: null,
      acceptedBy: null,
      returnedAt: null,
      returnReason: null,
      carriedOutAt: null,
      result: null,
      verifiedAt: null,
      verifiedBy: null,
    };
  };
