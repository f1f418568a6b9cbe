import { okay, refused } from '#contract/faults.ts';
import type { ImportOutcome, ImportRow } from '#contract/feedbackImport.ts';
import { createItemChecker, type DoorPlaces } from '../../domain/door/checkItem.ts';
import { guessMapping, readSheetLine } from '../../domain/feedback/sheet/readSheet.ts';
import words from '../../domain/feedback/sheet/words.vi.json' with { type: 'json' };
import type { DoorPort } from '../../domain/ports/door.ts';
import type { FeedbackImportPort } from '../../domain/ports/feedbackImport.ts';
import type { Clock } from '../../kernel/clock.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine } from '../engine/engine.ts';
import { guarded } from '../work/guarded.ts';
import { sheetLines, type Sheet } from './sheetLines.ts';

const MOST_SHOWN = 200;
const BATCH = 500;

interface Deps {
  engine: Engine;
  clock: Pick<Clock, 'now'>;
  door: DoorPort;
  units: { has(code: string): boolean };
  places: DoorPlaces;
}

/** Takes reports in from a sheet; looking and doing go the same way, so what was shown is what happens. */
export function createFeedbackImport({ engine, clock, door, units, places }: Deps): FeedbackImportPort {
  const checker = createItemChecker(units, places);
  return {
    read: (actor, { bytes, source, mapping: asked, isDone }) =>
      guarded(async () => {
        let sheet: Sheet;
        try {
          sheet = await sheetLines(bytes);
        } catch (error) {
          return refused('SHEET_UNREADABLE', { detail: error instanceof Error ? error.message.slice(0, 120) : '' });
        }
        const mapping = asked ?? guessMapping(sheet.columns);
        const from = { id: `import-${source}`, name: `Nhập từ bảng ${source}`, topics: ['feedback' as const], provenance: 'manual' as const };
        const now = clock.now();
        const unknownServices = new Set<string>();
        const seen = new Map<string, number>();
        const good: { row: ImportRow; item: object }[] = [];
        const rows = sheet.lines.map((line): ImportRow => {
          const read = readSheetLine(line, mapping);
          const written = mapping.service === undefined ? '' : (line.cells[mapping.service] ?? '');
          if ('reason' in read) return { line: line.line, ref: '', service: '', description: '', address: null, outcome: 'refused', reason: read.reason };
          if (!read.isServiceKnown && written !== '') unknownServices.add(written.slice(0, 100));
          const { item } = read;
          const row: ImportRow = { line: line.line, ref: item.ref!, service: item.service, description: item.description.slice(0, 200), address: item.address ?? null, outcome: 'new', reason: null };
          const checked = checker.check('feedback', item, now);
          const repeated = seen.get(item.ref!);
          if (checked.fault) return { ...row, outcome: 'refused', reason: checked.fault.message };
          if (repeated !== undefined) return { ...row, outcome: 'refused', reason: words.repeat.replace('{line}', String(repeated)) };
          seen.set(item.ref!, line.line);
          good.push({ row, item });
          return row;
        });
        const known = new Set((await engine.query<{ ref: string }>('select ref from feedback where source = $1 and ref = any($2)', [from.id, good.map(({ row }) => row.ref)])).map(({ ref }) => ref));
        for (const { row } of good) if (known.has(row.ref)) row.outcome = 'known';
        if (isDone) {
          for (let start = 0; start < good.length; start += BATCH) {
            const sent = await door.ingest(from, 'feedback', good.slice(start, start + BATCH).map(({ item }) => item));
            if (!sent.ok) return sent;
            for (const [index, { fault }] of sent.value.results.entries()) {
              if (fault) Object.assign(good[start + index]!.row, { outcome: 'refused', reason: fault.message });
            }
          }
          await engine.tx((tx) => appendAudit(tx, { actor: actor.id, action: 'feedback.import', object: from.id, at: now }));
        }
        const count = (outcome: ImportRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
        const used = new Set(Object.values(mapping));
        const shown = [...rows].sort((a, b) => Number(b.outcome === 'refused') - Number(a.outcome === 'refused') || a.line - b.line).slice(0, MOST_SHOWN);
        return okay<ImportOutcome>({
          isDone, columns: sheet.columns, mapping, unused: sheet.columns.filter((column) => !used.has(column)), total: rows.length,
          fresh: count('new'), known: count('known'), refused: count('refused'), unknownServices: [...unknownServices].slice(0, 50), rows: shown,
        });
      }),
  };
}
