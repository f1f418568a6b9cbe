import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { fold } from '../../../geo/fold.ts';

/** Which part of a list of work is looked at. */
export type Pile = 'open' | 'overdue' | 'check' | 'all';

const FEEDBACK_WORK = new Set<FeedbackState['state']>(['received', 'assigned', 'in-progress']);
const REQUEST_WORK = new Set<HandlingRequestState['step']>(['sent', 'delivered', 'read', 'accepted']);

export const isFeedbackOpen = (item: Pick<FeedbackState, 'state'>): boolean => FEEDBACK_WORK.has(item.state);
export const isRequestOpen = (item: HandlingRequestState): boolean => REQUEST_WORK.has(item.step);

interface Kind<Item> {
  isOpen: (item: Item) => boolean;
  isToCheck: (item: Item) => boolean;
  isHidden?: (item: Item) => boolean;
}

const FEEDBACK: Kind<FeedbackState> = { isOpen: isFeedbackOpen, isToCheck: (item) => item.state === 'resolved', isHidden: (item) => item.duplicateOf !== null };
const REQUESTS: Kind<HandlingRequestState> = { isOpen: isRequestOpen, isToCheck: (item) => item.step === 'carried-out' };

interface Asked<Item> {
  pile: Pile;
  words: string;
  wordsOf: (item: Item) => string;
}

/** Late first, then what is due soonest; what needs nobody any more comes last, the newest of it first. */
function listWork<Item extends { id: string; dueAt: number; updatedAt: number }>(items: readonly Item[], kind: Kind<Item>, { pile, words, wordsOf }: Asked<Item>, now: number): Item[] {
  const asked = fold(words).split(' ').filter(Boolean);
  const isIn = (item: Item): boolean => {
    if (kind.isHidden?.(item)) return pile === 'all';
    if (pile === 'check') return kind.isToCheck(item);
    if (pile === 'overdue') return kind.isOpen(item) && item.dueAt < now;
    return pile === 'all' || kind.isOpen(item) || kind.isToCheck(item);
  };
  return items
    .filter((item) => isIn(item) && asked.every((word) => wordsOf(item).includes(word)))
    .sort((a, b) => {
      const [aOpen, bOpen] = [kind.isOpen(a), kind.isOpen(b)];
      if (aOpen !== bOpen) return aOpen ? -1 : 1;
      return (aOpen ? a.dueAt - b.dueAt : b.updatedAt - a.updatedAt) || a.id.localeCompare(b.id);
    });
}

export const listFeedback = (items: readonly FeedbackState[], asked: Asked<FeedbackState>, now: number): FeedbackState[] => listWork(items, FEEDBACK, asked, now);
export const listRequests = (items: readonly HandlingRequestState[], asked: Asked<HandlingRequestState>, now: number): HandlingRequestState[] => listWork(items, REQUESTS, asked, now);
