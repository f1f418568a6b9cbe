/** A point of a trace, as the W3C header `traceparent` names it. */
export interface TracePoint {
  traceId: string;
  spanId: string;
  /** The sender wants it recorded. */
  isSampled: boolean;
}

const FORM = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const SAMPLED = 1;

/** Reads a `traceparent`. Fails: undefined for anything else, and for the ids of zeros that W3C forbids. */
export function readTraceparent(text: string): TracePoint | undefined {
  const [, traceId = '', spanId = '', flags = ''] = FORM.exec(text) ?? [];
  if (/^0*$/.test(traceId) || /^0*$/.test(spanId)) return undefined;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED };
}

/** What goes on the wire for a point. */
export const traceparentOf = ({ traceId, spanId, isSampled }: TracePoint): string => `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
