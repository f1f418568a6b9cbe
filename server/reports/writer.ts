import type { Figure, FigureRow, OfficialDocument, ReportBlock, ReportKind, ReportSection } from '#contract/report.ts';
import type { BoardAnswer, MovementAnswer } from '#contract/red.ts';
import type { Counted } from '../domain/ports/reports.ts';
import type { ReportPeriod } from '../domain/report/periods.ts';
import { figureOf, phraseOf } from './figures.ts';
import kinds from './kinds.vi.json' with { type: 'json' };
import type { ReportSettings } from './settings.ts';
import type { ReportedService } from './weekly.ts';
import words from './words.vi.json' with { type: 'json' };

/** What a report is written from. */
export interface Facts {
  kind: ReportKind;
  at: number;
  period: ReportPeriod;
  title: string;
  unit: { code: string; fullName: string } | null;
  counted: ReadonlyMap<string, Counted>;
  before: ReadonlyMap<string, Counted>;
  board: BoardAnswer;
  movement: MovementAnswer;
  unitName: (code: string | null) => string;
  settings: ReportSettings;
  services: readonly ReportedService[];
}

/** A document with its figures and the rows behind them. */
export interface Written {
  document: OfficialDocument;
  figures: Figure[];
  rows: Record<string, FigureRow[]>;
}

export const paragraph = (text: string): ReportBlock => ({ kind: 'paragraph', runs: [{ text }] });
export const section = (id: string, level: ReportSection['level'], heading: string, blocks: ReportBlock[] = []): ReportSection => ({ id, level, heading, blocks });
export const filled = (text: string, values: Record<string, string>): string => text.replaceAll(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all);

/** Collects figures in the order they are first printed. */
export function createFigureBook({ counted, before, at }: Pick<Facts, 'counted' | 'before' | 'at'>) {
  const figures: Figure[] = [];
  const rows: Record<string, FigureRow[]> = {};
  const add = (id: string, source: Counted, earlier?: Counted): ReportBlock => {
    let place = figures.findIndex((figure) => figure.id === id);
    if (place < 0) {
      place = figures.push(figureOf(id, source, at, earlier)) - 1;
      rows[id] = source.rows;
    }
    return { kind: 'paragraph', runs: phraseOf(figures[place]!, place + 1) };
  };
  return {
    figures,
    rows,
    /** A sentence that prints a counted figure, or the part of it that is `as` somebody's own. Fails: throws for one that was not counted. */
    counted(id: string, own?: { as: string; of: (row: FigureRow) => boolean }): ReportBlock {
      const source = counted.get(id);
      if (!source) throw new Error(`figure ${id} was not counted`);
      if (!own) return add(id, source, before.get(id));
      const part = ({ rows: all, query }: Counted): Counted => ({ rows: all.filter(own.of), query: `${query}&of=${own.as}` });
      const earlier = before.get(id);
      return add(`${id}.${own.as}`, part(source), earlier && part(earlier));
    },
    /** A sentence that prints a figure made here from rows. */
    made: (id: string, rowsOf: FigureRow[], query: string): ReportBlock => add(id, { rows: rowsOf, query }),
  };
}

/** The frame of an official document around its sections. */
export function frame(facts: Facts, sections: ReportSection[], opening: ReportBlock[] = []): OfficialDocument {
  const { kind, settings, period, unit, at, title } = facts;
  const isLetter = kind === 'urging' || kind === 'guidance';
  const asUnit = kind === 'monthly-red' && unit !== null;
  const issuer = asUnit ? unit.fullName : settings.issuerInText;
  const values = { issuer, period: period.label, title, unit: unit?.fullName ?? 'các đơn vị', body: asUnit ? 'ĐV' : settings.body };
  const text = kinds[kind];
  return {
    form: isLetter ? 'letter' : 'report',
    parent: asUnit ? null : settings.parent,
    issuer: asUnit ? unit.fullName.toLocaleUpperCase('vi') : settings.issuer,
    number: null,
    symbol: filled(text.symbol, values),
    place: settings.place,
    at,
    name: isLetter ? '' : words.report,
    summary: filled(text.summary, values),
    addressees: isLetter && unit ? [unit.fullName] : settings.addressees,
    opening: [paragraph(filled(text.opening, values)), ...opening],
    sections,
    closing: [paragraph(filled(text.closing, values))],
    recipients: settings.recipients,
    authority: settings.authority,
    position: asUnit ? 'THỦ TRƯỞNG ĐƠN VỊ' : settings.position,
  };
}
