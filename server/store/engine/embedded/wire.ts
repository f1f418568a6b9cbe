/** The few parts of PostgreSQL's frontend/backend protocol, version 3, that a connection without a socket needs. */

export type TransactionStatus = 'I' | 'T' | 'E';

const HEADER_BYTES = 5;
const STATEMENT = 'S'.charCodeAt(0);

/** Visits each whole message; `type` is its letter, `end` is exclusive. Returns how many bytes whole messages take. */
export function walk(bytes: Buffer, visit: (type: string, start: number, end: number) => void): number {
  let at = 0;
  while (at + HEADER_BYTES <= bytes.length) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    if (end > bytes.length) break;
    visit(String.fromCharCode(bytes[at]!), at, end);
    at = end;
  }
  return at;
}

export function message(type: string, ...body: (string | Buffer)[]): Buffer {
  const parts = body.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part));
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(type, 0, 'latin1');
  header.writeInt32BE(4 + parts.reduce((sum, part) => sum + part.length, 0), 1);
  return Buffer.concat([header, ...parts]);
}

export const simpleQuery = (text: string) => message('Q', text);
export const sync = () => message('S');
export const closeStatement = (name: string) => message('C', Buffer.from('S'), name);
export const readyForQuery = (status: TransactionStatus) => message('Z', Buffer.from(status));

export function errorResponse(severity: 'ERROR' | 'FATAL', code: string, text: string): Buffer {
  return message('E', `S${severity}`, `V${severity}`, `C${code}`, `M${text}`, Buffer.from([0]));
}

/** What a server says before the first query. */
export function greeting(connectionId: number, serverVersion: string): Buffer {
  const key = Buffer.alloc(8);
  key.writeInt32BE(connectionId, 0);
  return Buffer.concat([
    message('R', Buffer.from([0, 0, 0, 0])),
    message('S', 'server_version', serverVersion),
    message('S', 'client_encoding', 'UTF8'),
    message('S', 'DateStyle', 'ISO, MDY'),
    message('S', 'TimeZone', 'UTC'),
    message('S', 'integer_datetimes', 'on'),
    message('S', 'standard_conforming_strings', 'on'),
    message('K', key),
    readyForQuery('I'),
  ]);
}

/** Puts `prefix` before the statement name of a Parse, Bind, Describe or Close message; unnamed statements stay unnamed. */
export function renameStatement(bytes: Buffer, prefix: string): Buffer {
  const at = statementNameAt(bytes);
  if (at === undefined || bytes[at] === 0) return bytes;
  const renamed = Buffer.concat([bytes.subarray(0, at), Buffer.from(prefix), bytes.subarray(at)]);
  renamed.writeInt32BE(renamed.length - 1, 1);
  return renamed;
}

function statementNameAt(bytes: Buffer): number | undefined {
  const type = String.fromCharCode(bytes[0]!);
  if (type === 'P') return HEADER_BYTES;
  if (type === 'B') return bytes.indexOf(0, HEADER_BYTES) + 1;
  if (type === 'D' || type === 'C') return bytes[HEADER_BYTES] === STATEMENT ? HEADER_BYTES + 1 : undefined;
  return undefined;
}

/** The name a Parse message gives its statement. */
export function parsedName(parse: Buffer): string {
  return parse.toString('utf8', HEADER_BYTES, parse.indexOf(0, HEADER_BYTES));
}

/** What a batch of the client asks for: how many answers, whether it ends the round trip with ReadyForQuery, and where its closing Sync begins. */
export function requestOf(batch: Buffer): { statements: number; endsRoundTrip: boolean; syncAt: number } {
  let statements = 0;
  let last = '';
  let lastAt = 0;
  walk(batch, (type, start) => {
    if (type === 'E' || type === 'Q') statements += 1;
    last = type;
    lastAt = start;
  });
  const closesWithSync = last === 'S';
  return { statements, endsRoundTrip: closesWithSync || last === 'Q', syncAt: closesWithSync ? lastAt : batch.length };
}

export interface Answer {
  /** Statements that came to an end: completed, empty or suspended. */
  ended: number;
  hasError: boolean;
  hasNotification: boolean;
  confirmsListen: boolean;
}

/** What the server said in `output`. */
export function answerOf(output: Buffer): Answer {
  const answer: Answer = { ended: 0, hasError: false, hasNotification: false, confirmsListen: false };
  walk(output, (type, start, end) => {
    if (type === 'E') answer.hasError = true;
    else if (type === 'A') answer.hasNotification = true;
    else if (type === 'C' || type === 'I' || type === 's') answer.ended += 1;
    if (type === 'C' && output.toString('latin1', start + HEADER_BYTES, end) === 'LISTEN\0') answer.confirmsListen = true;
  });
  return answer;
}
