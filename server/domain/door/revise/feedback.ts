import type { FeedbackItem, FeedbackState } from '#contract/topics/feedback.ts';
import { feedbackDueAt } from '../../feedback/deadlines.ts';
import type { Reviser } from './revision.ts';

/** A citizen's report after a message of its source: words, place and pictures belong to the source, its handling does not. */
export const reviseFeedback: Reviser<FeedbackItem, FeedbackState> = ({ id, previous, source, now, passed: { ref, item, ward, provenance } }) => {
  if (previous) {
    return {
      ...previous,
      description: item.description,
      address: item.address ?? previous.address,
      media: item.media ?? previous.media,
      position: item.position ?? previous.position,
      ward: item.position ? ward : previous.ward,
      updatedAt: Math.max(now, previous.updatedAt),
    };
  }
  return {
    id, ref, source, provenance, ward,
    service: item.service,
    description: item.description,
    address: item.address ?? null,
    media: item.media ?? [],
    state: 'received',
    unit: item.unit ?? null,
    position: item.position ?? null,
    reportedAt: item.at,
    receivedAt: now,
    updatedAt: now,
    dueAt: feedbackDueAt(item.service, item.at, ward),
    resolvedAt: null,
    verifiedAt: null,
    result: null,
    requestId: null,
    duplicateOf: null,
  };
};
