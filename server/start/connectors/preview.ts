import type { ConnectorPreview, ConnectorText } from '#contract/connector.ts';
import { okay, type Fault, type Outcome } from '#contract/faults.ts';
import { columnsOf, flat } from '../../domain/connector/columns.ts';
import { hoursOff, judge, newestOf } from '../../domain/connector/judge.ts';
import { spanOf } from '../../domain/connector/span.ts';
import { suggestMapping } from '../../domain/connector/suggest.ts';
import type { ItemChecker } from '../../domain/door/checkItem.ts';
import type { AskView } from '../../domain/ports/viewAsker.ts';
import { createRowMapper } from '../../domain/rows/mapRow.ts';
import { openReader } from '../../feeds/connector/openReader.ts';
import type { Secrets } from '../../feeds/connector/reader.ts';

const SHOWN_ROWS = 20;
const tell = ({ code, message, detail, pointer }: Fault) => ({ code, message, ...(detail ? { detail } : {}), ...(pointer ? { pointer } : {}) });

interface Parts {
  checker: ItemChecker;
  now(): number;
  realNow(): number;
  dataFolder: string;
  askView: AskView;
}

/** Asks the other side once and says what its rows would become. Nothing is stored. */
export async function previewOf(text: ConnectorText, secrets: Secrets, { checker, now, realNow, dataFolder, askView }: Parts, signal: AbortSignal): Promise<Outcome<ConnectorPreview>> {
  const reader = openReader(text, secrets, { dataFolder, realNow, askView, isTrial: true });
  const empty: ConnectorPreview = { rows: 0, good: 0, columns: [], suggestion: { map: {} }, fault: null, warnings: [], hoursOff: null, samples: [] };
  if (!reader) return okay(empty);
  try {
    const wanted = { ...spanOf(text.way, null, now()), isKnown: () => false, signal };
    for await (const portion of reader.read(wanted)) {
      if (!portion.ok) return okay({ ...empty, fault: tell(portion.fault) });
      const { rows } = portion.value;
      const columns = columnsOf(rows.slice(0, SHOWN_ROWS));
      const judged = judge(rows, createRowMapper(text.topic, text.mapping), (item) => checker.check(text.topic, item, now()).fault as Fault | undefined);
      const off = hoursOff(newestOf(judged.good), now());
      const keys = judged.good.map(({ item }) => item!.key);
      const warnings: ConnectorPreview['warnings'] = [];
      if (off !== null) warnings.push('hours-off');
      if (!text.mapping.key) warnings.push('no-key');
      else if (new Set(keys).size < keys.length) warnings.push('same-key');
      return okay({
        rows: rows.length, good: judged.good.length, columns, suggestion: suggestMapping(text.topic, columns), fault: judged.fault ? tell(judged.fault) : null, warnings, hoursOff: off,
        samples: judged.rows.slice(0, SHOWN_ROWS).map(({ row, item, refusal }) => ({ line: row.line, fields: Object.fromEntries(flat(row.fields)), item: item ?? null, refusal: refusal ?? null })),
      });
    }
    return okay(empty);
  } finally {
    reader.close();
  }
}
