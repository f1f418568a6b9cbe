import { isIP } from 'node:net';
import pg from 'pg';
import type { SqlWay } from '#contract/connector.ts';
import { okay, refused, type FaultCode, type Outcome } from '#contract/faults.ts';
import type { AskView } from '../../domain/ports/viewAsker.ts';

const PORTION = 2000;
/** The server is asked first to stop; the client gives up on one that does not answer any more. */
const SILENCE_MS = 2000;
/** A view without a zone in its times is a view of Việt Nam. */
const SESSION = '-c default_transaction_read_only=on -c timezone=Asia/Ho_Chi_Minh';

const FAULTS: Readonly<Record<string, FaultCode>> = {
  '28P01': 'SOURCE_LOGIN', '28000': 'SOURCE_LOGIN', '3D000': 'SOURCE_LOGIN', '42501': 'SOURCE_LOGIN',
  '42P01': 'SOURCE_VIEW', '42703': 'SOURCE_VIEW', '42883': 'SOURCE_VIEW', '3F000': 'SOURCE_VIEW', '25006': 'SOURCE_VIEW',
  '57014': 'SOURCE_TIMEOUT',
};
const CERTIFICATE = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT)/;

const quoted = (name: string): string => name.split('.').map((part) => `"${part}"`).join('.');

/** The one statement of a way; its names come from patterns that hold no quote. */
function statementOf({ view, since, mostRows }: SqlWay): string {
  const column = since && quoted(since.column);
  const span = column ? ` where ${column} >= to_timestamp($1::float8 / 1000) and ${column} < to_timestamp($2::float8 / 1000) order by ${column}` : '';
  return `select row_to_json(v) as fields from (select * from ${quoted(view)}${span} limit ${mostRows + 1}) v`;
}

function faultOf(error: unknown): Outcome<never> {
  const { code = '', message } = error as Error & { code?: string };
  const detail = message.slice(0, 200);
  const known = FAULTS[code];
  if (known) return refused(known, { detail });
  if (CERTIFICATE.test(code) || /SSL/.test(message)) return refused('SOURCE_CERTIFICATE', { detail: code || detail });
  return refused(/timeout/i.test(message) ? 'SOURCE_TIMEOUT' : 'SOURCE_UNREACHABLE', { detail: code || detail });
}

/** Reads foreign views over PostgreSQL's own protocol: one connection, one transaction that can not write, fetched piece by piece. */
export const askView: AskView = async ({ way, address, secret, since, until, signal }) => {
  const deadlineMs = way.timeoutS * 1000;
  const client = new pg.Client({
    host: address, port: way.port, database: way.database, user: way.user, password: secret, application_name: 'toan-canh', options: SESSION,
    connectionTimeoutMillis: deadlineMs, statement_timeout: deadlineMs, query_timeout: deadlineMs + SILENCE_MS,
    ssl: way.tls ? { ...(isIP(way.host) === 0 ? { servername: way.host } : {}), ...(way.ca ? { ca: way.ca } : {}) } : false,
  });
  // A connection that dies between two statements says so by the next one.
  client.on('error', () => undefined);
  const stop = () => void client.end();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await client.connect();
    await client.query('begin transaction isolation level repeatable read read only');
    await client.query(`declare rows no scroll cursor for ${statementOf(way)}`, way.since ? [since, until] : []);
    const rows: Record<string, unknown>[] = [];
    for (;;) {
      const { rows: some } = await client.query<{ fields: Record<string, unknown> }>(`fetch ${PORTION} from rows`);
      for (const { fields } of some) rows.push(fields);
      if (rows.length > way.mostRows) return refused('SOURCE_TOO_MANY', { detail: String(way.mostRows) });
      if (some.length < PORTION) return okay(rows);
    }
  } catch (error) {
    return signal.aborted ? refused('SOURCE_TIMEOUT') : faultOf(error);
  } finally {
    signal.removeEventListener('abort', stop);
    await client.end();
  }
};
