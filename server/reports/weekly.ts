import { DateTime } from 'luxon';
import type { ReportSection } from '#contract/report.ts';
import type { ServiceStanding } from '#contract/service.ts';
import { boardRows, redTable } from './redParts.ts';
import headings from './headings.vi.json' with { type: 'json' };
import { createFigureBook, filled, frame, paragraph, section, type Facts, type Written } from './writer.ts';
import words from './words.vi.json' with { type: 'json' };

/** A service as the weekly report speaks of it. `codes` are its indicators, `figures` what it asks to be counted beside them. */
export interface ReportedService {
  id: string;
  name: string;
  standing: Pick<ServiceStanding, 'is' | 'since' | 'reason'>;
  figures: readonly string[];
  codes: ReadonlySet<string>;
}

/** The one figure every service has: values that came for its indicators. */
const VALUES = 'indicator-values';

/** Figures that say what a service is good for; they stand under its effect, the others under its data. */
const EFFECT: ReadonlySet<string> = new Set(['app-users', 'app-downloads']);

/** Figures of the weekly report. */
export const weeklyFigures = (services: readonly ReportedService[]): string[] => [...new Set(['outreach-reached', 'requests-not-carried-out', 'requests-overdue', VALUES, ...services.flatMap(({ figures }) => figures)])];

const dayOf = (at: number) => DateTime.fromMillis(at, { zone: 'Asia/Ho_Chi_Minh' }).toFormat('dd/MM/yyyy');
const standingOf = ({ is, since, reason }: ReportedService['standing']) => filled(words.standing, { state: words.standings[is], day: dayOf(since), reason: reason.replace(/\.$/, '') });

/** Báo cáo tuần (R61): the official headings, under each what the data says, then what the editor adds. */
export function writeWeekly(facts: Facts): Written {
  const book = createFigureBook(facts);
  const said = headings.weekly;
  const outreach = book.counted('outreach-reached');
  const services3 = facts.services.flatMap(({ id, name, standing, figures, codes }, index): ReportSection[] => [
    section(`service-${id}`, 2, `3.${index + 1}. ${name}`),
    section(`features-${id}`, 3, said.features, [paragraph(standingOf(standing))]),
    section(`data-${id}`, 3, said.data, [book.counted(VALUES, { as: id, of: ({ text }) => codes.has(text.split(' ')[0]!) }), ...figures.filter((figure) => figure !== VALUES && !EFFECT.has(figure)).map((figure) => book.counted(figure))]),
    section(`effect-${id}`, 3, said.effect, figures.filter((figure) => EFFECT.has(figure)).map((figure) => book.counted(figure))),
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
