import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';

/** One stage of a request's way, with when it was reached; null while it was not. */
export interface Receipt {
  step: HandlingRequestState['step'];
  at: number | null;
  who: string | null;
}

type Stamps = Pick<HandlingRequestState, 'issuedAt' | 'issuedBy' | 'deliveredAt' | 'readAt' | 'acceptedAt' | 'acceptedBy' | 'returnedAt' | 'carriedOutAt' | 'verifiedAt' | 'verifiedBy'>;

/** The way of a request as its issuer follows it: what was reached, and what is still to come; a returned one ends there. */
export function receiptsOf(request: Stamps): Receipt[] {
  const sent: Receipt = { step: 'sent', at: request.issuedAt, who: request.issuedBy };
  const told: Receipt[] = [{ step: 'delivered', at: request.deliveredAt, who: null }, { step: 'read', at: request.readAt, who: null }];
  const accepted: Receipt = { step: 'accepted', at: request.acceptedAt, who: request.acceptedBy };
  if (request.returnedAt !== null) return [sent, ...told, ...(accepted.at === null ? [] : [accepted]), { step: 'returned', at: request.returnedAt, who: null }];
  return [sent, ...told, accepted, { step: 'carried-out', at: request.carriedOutAt, who: null }, ...(request.verifiedAt === null ? [] : [{ step: 'verified' as const, at: request.verifiedAt, who: request.verifiedBy }])];
}
