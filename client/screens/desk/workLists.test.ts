import { expect, test } from 'vitest';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { fold } from '../../../geo/fold.ts';
import { listFeedback, listRequests, type Pile } from './workLists.ts';

const NOW = 500;
const feedback = (id: string, state: FeedbackState['state'], dueAt: number, more: Partial<FeedbackState> = {}): FeedbackState => ({ id, state, dueAt, updatedAt: dueAt, duplicateOf: null, description: id, ...more }) as FeedbackState;
const request = (id: string, step: HandlingRequestState['step'], dueAt: number): HandlingRequestState => ({ id, step, dueAt, updatedAt: dueAt, title: id }) as HandlingRequestState;
const asked = (pile: Pile, words = '') => ({ pile, words, wordsOf: (item: { description?: string; title?: string }) => fold(item.description ?? item.title ?? '') });

test('late reports first, then by deadline; checked-for ones after the open, joined ones hidden', () => {
  const items = [feedback('checking', 'resolved', 1), feedback('soon', 'received', 600), feedback('late', 'assigned', 100), feedback('over', 'verified', 50), feedback('joined', 'received', 1, { duplicateOf: 'late' })];
  expect(listFeedback(items, asked('open'), NOW).map(({ id }) => id)).toEqual(['late', 'soon', 'checking']);
  expect(listFeedback(items, asked('overdue'), NOW).map(({ id }) => id)).toEqual(['late']);
  expect(listFeedback(items, asked('all'), NOW)).toHaveLength(5);
});

test('requests waiting to be checked are a pile of their own', () => {
  const items = [request('a', 'carried-out', 10), request('b', 'sent', 900), request('c', 'returned', 5)];
  expect(listRequests(items, asked('check'), NOW).map(({ id }) => id)).toEqual(['a']);
  expect(listRequests(items, asked('open'), NOW).map(({ id }) => id)).toEqual(['b', 'a']);
});

test('words are found without marks', () => {
  const items = [feedback('Vỉa hè bị lấn chiếm', 'received', 1), feedback('Đèn đường hỏng', 'received', 2)];
  expect(listFeedback(items, asked('open', 'den duong'), NOW).map(({ id }) => id)).toEqual(['Đèn đường hỏng']);
});
