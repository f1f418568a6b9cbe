import { hash } from 'node:crypto';
import type { SqlWay } from '#contract/connector.ts';
import { okay, refused } from '#contract/faults.ts';
import type { AskView } from '../../../domain/ports/viewAsker.ts';
import { addressOf } from '../address.ts';
import type { Reader, Secrets } from '../reader.ts';

/** A view of another database; all its rows of one question are one portion. */
export function createSqlReader(way: SqlWay, { secret }: Secrets, askView: AskView): Reader {
  return {
    async *read({ since, until, isKnown, signal }) {
      if (!secret) return yield refused('SOURCE_SECRET');
      const address = await addressOf(way);
      if (!address.ok) return yield address;
      const rows = await askView({ way, address: address.value, secret, since, until, signal });
      if (!rows.ok) return yield rows;
      const sign = hash('sha256', JSON.stringify(rows.value));
      if (!isKnown(way.view, sign)) yield okay({ name: way.view, sign, rows: rows.value.map((fields, index) => ({ line: index + 1, fields })), refused: [] });
    },
    close: () => undefined,
  };
}
