import pg from 'pg';

/** The store cannot answer now; the same call may succeed later. `outcome: 'unknown'` when a commit was already sent. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly retryable = true;
  readonly outcome: 'nothing stored' | 'unknown';
  constructor(message: string, options: { cause?: unknown; outcome?: 'nothing stored' | 'unknown' } = {}) {
    super(message, { cause: options.cause });
    this.outcome = options.outcome ?? 'nothing stored';
  }
}

/** Two transactions met (serialization failure or deadlock); the caller decides whether to run its transaction again. */
export class StoreConflict extends Error {
  override readonly name = 'StoreConflict';
}

/** A rule of the schema refused the write; `constraint` says which one. */
export class ConstraintViolation extends Error {
  override readonly name = 'ConstraintViolation';
  readonly rule: 'unique' | 'check' | 'reference' | 'required';
  readonly constraint: string;
  constructor(rule: ConstraintViolation['rule'], cause: pg.DatabaseError) {
    super(cause.message, { cause });
    this.rule = rule;
    this.constraint = cause.constraint ?? cause.column ?? '';
  }
}

const RULES: Readonly<Record<string, ConstraintViolation['rule']>> = {
  '23505': 'unique',
  '23P01': 'unique',
  '23514': 'check',
  '23503': 'reference',
  '23502': 'required',
};
const CONFLICTS = new Set(['40001', '40P01']);
const ABSENCES = /^(57P0[1-5]|08\w{3}|53\w{3}|57014|25P03|ECONN\w+|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ERR_STREAM_\w+)$/;
const LOST = /connection terminated|not queryable|connection error|timeout expired|timeout exceeded when trying to connect|query read timeout|client was closed/i;

/** True when the connection that gave this error must not be used again. */
export function isConnectionLost(error: unknown): boolean {
  return toStoreError(error) instanceof StoreUnavailable && codeOf(error) !== '57014';
}

/** Turns what the driver throws into the closed set above; anything else is a broken assumption and passes unchanged. */
export function toStoreError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = codeOf(error);
  if (error instanceof pg.DatabaseError) {
    const rule = RULES[code];
    if (rule) return new ConstraintViolation(rule, error);
    if (CONFLICTS.has(code)) return new StoreConflict(error.message, { cause: error });
  }
  if (ABSENCES.test(code) || LOST.test(error.message)) return new StoreUnavailable(error.message, { cause: error });
  return error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
