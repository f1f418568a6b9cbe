import { hash } from 'node:crypto';
import type { ConnectorText } from '#contract/connector.ts';
import type { Fault } from '#contract/faults.ts';
import { filledBody, filledUrl } from '../../domain/connector/tellBack.ts';
import type { RowRefusal } from '../../domain/rows/rowRefusal.ts';
import { createHttpTeller } from '../../feeds/connector/http/httpTeller.ts';
import type { Secrets } from '../../feeds/connector/reader.ts';
import type { ToldBook } from '../../store/connectors/told.ts';
import { TOLD_ROWS } from './intake.ts';

/** What came of one round: how many had something new, how many were told, and what ended it. */
export interface Told {
  rows: number;
  told: number;
  refused: RowRefusal[];
  rejected: number;
  fault: Fault | null;
}

/** Told at most in one round; the rest follows with the next. */
const MOST = 500;
/** Their own words about one thing; everything else concerns the connection as a whole. */
const OF_ONE = /^HTTP 4(?!01|03|08|29)\d\d$/;

/** Tells the other side of each assignment whose words changed since they were told. What they refuse for itself is noted and not told again until it changes. */
export function createTellBack(text: ConnectorText, secrets: Secrets, { book, realNow }: { book: ToldBook; realNow(): number }) {
  const { way, tellBack } = text;
  if (way.kind !== 'http' || !tellBack) return undefined;
  const teller = createHttpTeller({ way, tellBack }, secrets, realNow);
  return {
    async round(signal: AbortSignal): Promise<Told> {
      const all = await book.things(text.id, tellBack.scope);
      const news = all.map((one) => ({ ...one, words: hash('sha256', `${tellBack.method} ${filledUrl(tellBack.url, one.values)} ${filledBody(tellBack.body, one.values)}`) })).filter(({ sign, words }) => sign !== words);
      const came: Told = { rows: news.length, told: 0, refused: [], rejected: 0, fault: null };
      for (const { thing, values, words } of news.slice(0, MOST)) {
        const told = await teller.tell(values, `${text.id}/${thing}/${words.slice(0, 16)}`, signal);
        const isTheirs = !told.ok && told.fault.code === 'SOURCE_STATUS' && OF_ONE.test(told.fault.detail ?? '');
        if (!told.ok && !isTheirs) return { ...came, fault: told.fault };
        await book.note(text.id, thing, words, told.ok ? null : (told.fault.detail ?? told.fault.code));
        if (told.ok) came.told += 1;
        else {
          came.rejected += 1;
          if (came.refused.length < TOLD_ROWS) came.refused.push({ line: came.told + came.rejected, field: String(values.ref), code: told.fault.code, reason: told.fault.detail ?? told.fault.message });
        }
      }
      return came;
    },
    close: () => teller.close(),
  };
}
