import { expect, test } from 'vitest';
import { receiptsOf } from './receipts.ts';

const sent = { issuedAt: 1, issuedBy: 'Trực ban', deliveredAt: null, readAt: null, acceptedAt: null, acceptedBy: null, returnedAt: null, carriedOutAt: null, verifiedAt: null, verifiedBy: null };
const steps = (request: Parameters<typeof receiptsOf>[0]) => receiptsOf(request).map(({ step, at }) => `${step} ${at ?? '…'}`);

test('a request tells how far it came and what is still to come', () => {
  expect(steps(sent)).toEqual(['sent 1', 'delivered …', 'read …', 'accepted …', 'carried-out …']);
  expect(steps({ ...sent, deliveredAt: 2, readAt: 3, acceptedAt: 4, carriedOutAt: 5, verifiedAt: 6 })).toEqual(['sent 1', 'delivered 2', 'read 3', 'accepted 4', 'carried-out 5', 'verified 6']);
});

test('a returned request ends there, whether it was accepted before or not', () => {
  expect(steps({ ...sent, deliveredAt: 2, readAt: 3, returnedAt: 4 })).toEqual(['sent 1', 'delivered 2', 'read 3', 'returned 4']);
  expect(steps({ ...sent, deliveredAt: 2, readAt: 3, acceptedAt: 4, returnedAt: 5 })).toEqual(['sent 1', 'delivered 2', 'read 3', 'accepted 4', 'returned 5']);
});
