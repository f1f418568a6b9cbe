import type * as Docx from 'docx';
import type { ReportTable, Run } from '#contract/report.ts';
import type { FontFaces } from './fonts.ts';
import { FONT, PAGE, SIZE } from './page.ts';
import type { Paper, PaperBlock } from './paper.ts';
import words from './words.vi.json' with { type: 'json' };

type Library = typeof Docx;
type Look = { size?: number; bold?: boolean; italics?: boolean };

const BODY_TWIPS = PAGE.width - PAGE.left - PAGE.right;
const LEFT_TWIPS = 3600;
const INDENT_TWIPS = 720;
const halfPoints = (points: number) => points * 2;

/** The pieces of a document in Word's own form. */
function createPieces(docx: Library) {
  const { Paragraph, TextRun, Table, TableRow, TableCell, AlignmentType, BorderStyle, WidthType, TableLayoutType } = docx;
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  const noBorders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };
  const run = (text: string, { size = SIZE.body, ...look }: Look = {}) => new TextRun({ text, font: FONT, size: halfPoints(size), ...look });
  const lines = (text: string, look: Look) => text.split('\n').map((line, index) => new TextRun({ text: line, font: FONT, size: halfPoints(look.size ?? SIZE.body), bold: look.bold ?? false, italics: look.italics ?? false, ...(index > 0 ? { break: 1 } : {}) }));
  const centred = (text: string, look: Look = {}) => new Paragraph({ alignment: AlignmentType.CENTER, children: [run(text, look)] });
  /** A rule of a given length in the middle of a width. */
  const rule = (length: number, width: number) => new Paragraph({ indent: { left: (width - length) / 2, right: (width - length) / 2 }, border: { top: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } }, spacing: { after: 60 }, children: [] });
  const plainTable = (widths: number[], cells: Docx.Paragraph[][]) =>
    new Table({
      width: { size: BODY_TWIPS, type: WidthType.DXA }, columnWidths: widths, layout: TableLayoutType.FIXED, borders: noBorders,
      rows: [new TableRow({ cantSplit: true, children: cells.map((children, index) => new TableCell({ width: { size: widths[index] ?? 0, type: WidthType.DXA }, borders: { top: none, bottom: none, left: none, right: none }, margins: { left: 0, right: 0 }, children })) })],
    });
  const body = (runs: readonly Run[]) => new Paragraph({ alignment: AlignmentType.JUSTIFIED, indent: { firstLine: INDENT_TWIPS }, spacing: { before: 40, after: 60, line: 276 }, children: runs.map(({ text }) => run(text)) });
  const heading = (level: number, text: string) => new Paragraph({ alignment: AlignmentType.JUSTIFIED, keepNext: true, outlineLevel: level - 1, indent: { firstLine: INDENT_TWIPS }, spacing: { before: 120, after: 40 }, children: [run(text, { bold: level < 3, italics: level === 3 })] });
  const table = ({ caption, header, rows, widths }: ReportTable, size: number) => {
    const total = widths.reduce((sum, width) => sum + width, 0);
    const columns = widths.map((width) => Math.floor((width / total) * BODY_TWIPS));
    const row = (texts: readonly string[], isHeader: boolean) =>
      new TableRow({ tableHeader: isHeader, cantSplit: true, children: texts.map((text, index) => new TableCell({ width: { size: columns[index] ?? 0, type: WidthType.DXA }, margins: { left: 50, right: 50 }, children: [new Paragraph({ keepNext: isHeader, alignment: isHeader ? AlignmentType.CENTER : AlignmentType.LEFT, children: lines(text, { size, bold: isHeader }) })] })) });
    return [
      ...(caption === null ? [] : [new Paragraph({ spacing: { before: 120, after: 40 }, keepNext: true, children: [run(caption, { size: SIZE.table, italics: true })] })]),
      new Table({ width: { size: BODY_TWIPS, type: WidthType.DXA }, columnWidths: columns, layout: TableLayoutType.FIXED, rows: [row(header, true), ...rows.map((texts) => row(texts, false))] }),
    ];
  };
  return { run, centred, rule, plainTable, body, heading, table };
}

function contentOf(paper: Paper, docx: Library): Docx.FileChild[] {
  const { Paragraph, AlignmentType } = docx;
  const { run, centred, rule, plainTable, body, heading, table } = createPieces(docx);
  const right = BODY_TWIPS - LEFT_TWIPS;
  const isLetter = paper.form === 'letter';
  const blockOf = (block: PaperBlock): Docx.FileChild[] => {
    if (block.kind === 'table') return table(block, SIZE.table);
    return [block.kind === 'heading' ? heading(block.level, block.text) : body(block.runs)];
  };
  const [only, ...others] = paper.addressees;
  const addressees = others.length === 0
    ? [new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 160, after: 200 }, children: [run(`${words.to} ${only ?? ''}`)] })]
    : [new Paragraph({ indent: { left: 1700 }, spacing: { before: 160 }, children: [run(words.to)] }), ...paper.addressees.map((name, index) => new Paragraph({ indent: { left: 2800 }, children: [run(`- ${name}${index === others.length ? '.' : ';'}`)] }))];
  return [
    plainTable([LEFT_TWIPS, right], [
      [...(paper.parent === null ? [] : [centred(paper.parent, { size: SIZE.issuer })]), centred(paper.issuer, { size: SIZE.issuer, bold: true }), rule(1200, LEFT_TWIPS), centred(paper.number, { size: SIZE.number }), ...(isLetter ? [centred(paper.summary, { size: SIZE.letterSummary })] : [])],
      [centred(words.nation, { size: SIZE.nation, bold: true }), centred(words.motto, { size: SIZE.motto, bold: true }), rule(3160, right), centred(paper.dated, { size: SIZE.place, italics: true })],
    ]),
    new Paragraph({ children: [] }),
    ...(isLetter ? [] : [centred(paper.name, { size: SIZE.name, bold: true }), centred(paper.summary, { size: SIZE.summary, bold: true }), rule(1800, BODY_TWIPS)]),
    ...addressees,
    ...paper.body.flatMap(blockOf),
    new Paragraph({ children: [] }),
    plainTable([BODY_TWIPS / 2, BODY_TWIPS / 2].map(Math.floor), [
      [new Paragraph({ children: [run(words.recipients, { size: SIZE.recipientsLabel, bold: true, italics: true })] }), ...paper.recipients.map((text) => new Paragraph({ children: [run(`- ${text}`, { size: SIZE.recipients })] }))],
      [...(paper.authority === null ? [] : [centred(paper.authority, { size: SIZE.signer, bold: true })]), centred(paper.position, { size: SIZE.signer, bold: true })],
    ]),
    ...(paper.annex.rows.length === 0 ? [] : [
      new Paragraph({ pageBreakBefore: true, alignment: AlignmentType.CENTER, children: [run(words.annex, { bold: true })] }),
      centred(words.annexTitle, { bold: true }),
      ...table(paper.annex, SIZE.annex - 2),
      ...(paper.hash === null ? [] : [new Paragraph({ children: [run(words.hash.replace('{hash}', paper.hash), { size: SIZE.annex })] })]),
    ]),
  ];
}

/** A paper as DOCX, A4, with its font inside; the page number is left off page 1. */
export async function printDocx(paper: Paper, fonts: FontFaces): Promise<Buffer> {
  const docx = await import('docx');
  const { Document, Header, Packer, Paragraph, TextRun, AlignmentType, PageNumber } = docx;
  const header = (children: Docx.TextRun[], alignment: 'center' | 'right') => new Header({ children: [new Paragraph({ alignment: AlignmentType[alignment === 'center' ? 'CENTER' : 'RIGHT'], children })] });
  const made = new Document({
    title: paper.summary,
    creator: paper.issuer,
    fonts: [{ name: FONT, data: fonts.normal, bold: fonts.bold, italic: fonts.italics, boldItalic: fonts.bolditalics }],
    styles: { default: { document: { run: { font: FONT, size: halfPoints(SIZE.body), language: { value: 'vi-VN' } } } } },
    sections: [{
      properties: { titlePage: true, page: { size: { width: PAGE.width, height: PAGE.height }, margin: { top: PAGE.top, bottom: PAGE.bottom, left: PAGE.left, right: PAGE.right, header: PAGE.header } } },
      headers: {
        default: header([new TextRun({ font: FONT, size: halfPoints(SIZE.page), children: [PageNumber.CURRENT] })], 'center'),
        first: header(paper.isDraft ? [new TextRun({ text: words.draft, font: FONT, size: halfPoints(11), italics: true })] : [], 'right'),
      },
      children: contentOf(paper, docx),
    }],
  });
  return Packer.toBuffer(made);
}
