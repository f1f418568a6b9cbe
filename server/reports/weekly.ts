import type { ReportSection } from '#contract/report.ts';
import { boardRows, redTable } from './redParts.ts';
import headings from './headings.vi.json' with { type: 'json' };
import services from './services.vi.json' with { type: 'json' };
import { createFigureBook, frame, section, type Facts, type Written } from './writer.ts';

/** Figures of the weekly report. */
export const WEEKLY_FIGURES = [...new Set(['outreach-reached', 'requests-not-carried-out', 'requests-overdue', ...services.flatMap(({ figures }) => figures)])];

/** Báo cáo tuần (R61): the official headings, under each what the data says, then what the editor adds. */
export function writeWeekly(facts: Facts): Written {
  const book = createFigureBook(facts);
  const said = headings.weekly;
  const outreach = book.counted('outreach-reached');
  const services3 = services.flatMap(({ id, name, figures }, index): ReportSection[] => [
    section(`service-${id}`, 2, `3.${index + 1}. ${name}`),
    section(`features-${id}`, 3, said.features),
    section(`data-${id}`, 3, said.data, figures.map((figure) => book.counted(figure))),
    section(`effect-${id}`, 3, said.effect),
  ]);
  const sections = [
    section('procedures', 1, said.procedures),
    section('outreach', 1, said.outreach, [outreach]),
    section('services', 1, said.services),
    ...services3,
    section('expansion', 1, said.expansion),
    section('other', 1, said.other, [
      book.counted('requests-not-carried-out'),
      book.counted('requests-overdue'),
      book.made('red-now', boardRows(facts.board), '/api/v1/red/board'),
      ...(facts.board.redCount > 0 ? [redTable(facts.board)] : []),
    ]),
    section('obstacles', 1, said.obstacles),
  ];
  return { document: frame(facts, sections), figures: book.figures, rows: book.rows };
}
