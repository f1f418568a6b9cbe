import { createRequire } from 'node:module';
import type { Run, ReportTable } from '#contract/report.ts';
import { FONT_PATHS, type FontFaces } from './fonts.ts';
import { BODY_WIDTH, FONT, PAGE, pointsOf, SIZE } from './page.ts';
import type { Paper, PaperBlock } from './paper.ts';
import words from './words.vi.json' with { type: 'json' };

type Part = Record<string, unknown>;

/** The part of pdfmake used here; it brings no types. Its own entry keeps fonts in one place for all, so the printer is made per paper. */
interface PrinterModule {
  default: new (
    fonts: Record<string, Record<string, string>>,
    files: { existsSync(name: string): boolean; readFileSync(path: string): Buffer },
    urls: { resolve(url: string): void; resolved(): Promise<void> },
  ) => { createPdfKitDocument(definition: object): Promise<NodeJS.ReadableStream & { end(): void }> };
}
const load = createRequire(import.meta.url);

const LEFT_COLUMN = 180;
const INDENT = 36;
const GAP = 6;
const MARK = new RegExp(`(\\((?:${words.mixed}|${words.simulated})\\))`);

const centred = (text: string, fontSize: number, more: Part = {}): Part => ({ text, fontSize, alignment: 'center', ...more });
/** A rule of a given length in the middle of a column. */
const rule = (length: number, width: number): Part => ({ canvas: [{ type: 'line', x1: (width - length) / 2, y1: 2, x2: (width + length) / 2, y2: 2, lineWidth: 0.75 }], margin: [0, 0, 0, 4] });
const runsOf = (runs: readonly Run[]): Part[] => runs.map(({ text, figure }) => (figure === undefined ? { text } : { text, noWrap: true }));

/** The mark of what is simulated is never broken over lines. */
const unbroken = (text: string): Part[] => text.split(MARK).map((piece) => ({ text: piece, noWrap: MARK.test(piece) }));

const tableOf = ({ caption, header, rows, widths }: ReportTable, fontSize: number): Part[] => {
  const room = BODY_WIDTH - header.length * 5 - 1;
  const total = widths.reduce((sum, width) => sum + width, 0);
  return [
    ...(caption === null ? [] : [{ text: caption, fontSize: SIZE.table, italics: true, margin: [0, GAP, 0, 2], headlineLevel: CAPTION }]),
    {
      table: { headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, widths: widths.map((width) => (width / total) * room), body: [header.map((text) => ({ text, bold: true, alignment: 'center' })), ...rows.map((row) => row.map((text) => ({ text: unbroken(text) })))] },
      layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5, paddingLeft: () => 2, paddingRight: () => 2 },
      fontSize,
      margin: [0, 2, 0, GAP],
    },
  ];
};

function blockOf(block: PaperBlock): Part[] {
  if (block.kind === 'table') return tableOf(block, SIZE.table);
  if (block.kind === 'heading') return [{ text: block.text, bold: block.level < 3, italics: block.level === 3, leadingIndent: INDENT, alignment: 'justify', margin: [0, GAP, 0, 2], headlineLevel: block.level }];
  // A figure is never broken over lines; stretching what is left of its line would tear the words apart.
  const alignment = block.runs.some(({ figure }) => figure !== undefined) ? 'left' : 'justify';
  return [{ text: runsOf(block.runs), leadingIndent: INDENT, alignment, margin: [0, 2, 0, GAP / 2] }];
}

/** Issuer and nation side by side, then number and place, as every official document begins. */
function letterhead({ parent, issuer, number, dated, form, summary }: Paper): Part {
  const right = BODY_WIDTH - LEFT_COLUMN;
  return {
    columns: [
      { width: LEFT_COLUMN, stack: [...(parent === null ? [] : [centred(parent, SIZE.issuer)]), centred(issuer, SIZE.issuer, { bold: true }), rule(60, LEFT_COLUMN), centred(number, SIZE.number, { preserveLeadingSpaces: true }), ...(form === 'letter' ? [centred(summary, SIZE.letterSummary, { margin: [0, 4, 0, 0] })] : [])] },
      { width: right, stack: [centred(words.nation, SIZE.nation, { bold: true, noWrap: true }), centred(words.motto, SIZE.motto, { bold: true }), rule(158, right), centred(dated, SIZE.place, { italics: true, margin: [0, 14, 0, 0] })] },
    ],
    columnGap: 0,
    margin: [0, 0, 0, 12],
  };
}

function titleOf({ form, name, summary }: Paper): Part[] {
  if (form === 'letter') return [];
  return [centred(name, SIZE.name, { bold: true }), centred(summary, SIZE.summary, { bold: true }), rule(90, BODY_WIDTH)];
}

function addresseesOf({ addressees }: Paper): Part {
  if (addressees.length === 0) return { text: '', margin: [0, 0, 0, GAP] };
  if (addressees.length === 1) return { text: `${words.to} ${addressees[0]}`, alignment: 'center', margin: [0, 8, 0, 10] };
  return { columns: [{ width: 120, text: words.to, alignment: 'right' }, { width: '*', stack: addressees.map((name, index) => `- ${name}${index === addressees.length - 1 ? '.' : ';'}`), margin: [6, 0, 0, 0] }], margin: [0, 8, 0, 10] };
}

const signatureOf = ({ recipients, authority, position }: Paper): Part => ({
  unbreakable: true,
  columns: [
    { width: BODY_WIDTH / 2, stack: [{ text: words.recipients, bold: true, italics: true, fontSize: SIZE.recipientsLabel }, ...recipients.map((text) => ({ text: `- ${text}`, fontSize: SIZE.recipients }))] },
    { width: BODY_WIDTH / 2, stack: [...(authority === null ? [] : [centred(authority, SIZE.signer, { bold: true })]), centred(position, SIZE.signer, { bold: true }), { text: '\n\n\n\n' }] },
  ],
  margin: [0, 14, 0, 0],
});

const annexOf = ({ annex, hash }: Paper): Part[] => [
  centred(words.annex, SIZE.name, { bold: true, pageBreak: 'before' }),
  centred(words.annexTitle, SIZE.summary, { bold: true }),
  ...tableOf(annex, SIZE.annex - 2),
  ...(hash === null ? [] : [{ text: words.hash.replace('{hash}', hash), fontSize: SIZE.annex }]),
];

interface PlacedNode {
  id?: string;
  headlineLevel?: number;
  startPosition?: { verticalRatio: number };
}
/** The number in the top margin is laid out after the text of its page. */
const PAGE_NUMBER = 'page-number';
const CAPTION = 4;
/** Below this part of a page there is no room for the head and first row of a table; the printer places their cells before it moves them. */
const TABLE_ROOM = 0.78;

/** A heading or caption with nothing of what it heads after it on its page goes to the next one with it. */
function isOrphaned({ headlineLevel, startPosition }: PlacedNode, page: { getFollowingNodesOnPage(): PlacedNode[] }): boolean {
  if (headlineLevel === undefined) return false;
  const following = page.getFollowingNodesOnPage();
  const headsTable = headlineLevel === CAPTION || following.find((node) => node.headlineLevel === undefined || node.headlineLevel === CAPTION)?.headlineLevel === CAPTION;
  return (headsTable && (startPosition?.verticalRatio ?? 0) > TABLE_ROOM) || following.every((node) => node.headlineLevel !== undefined || node.id === PAGE_NUMBER);
}

/** The faces as the printer's own files: it reads nothing else. */
const filesOf = (fonts: FontFaces) => {
  const byPath = new Map(Object.entries(FONT_PATHS).map(([face, path]) => [path, fonts[face as keyof FontFaces]]));
  return { existsSync: (path: string) => byPath.has(path), readFileSync: (path: string) => byPath.get(path)! };
};

/** A document of the printer's own description as PDF. */
export async function printDefinition(definition: object, fonts: FontFaces): Promise<Buffer> {
  const { default: Printer } = load('pdfmake/js/Printer.js') as PrinterModule;
  const made = await new Printer({ [FONT]: FONT_PATHS }, filesOf(fonts), { resolve() {}, resolved: async () => {} }).createPdfKitDocument(definition);
  const chunks: Buffer[] = [];
  made.end();
  for await (const chunk of made) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A paper as PDF, A4, with its font inside. */
export async function printPdf(paper: Paper, fonts: FontFaces): Promise<Buffer> {
  const definition = {
    pageSize: 'A4',
    pageMargins: [PAGE.left, PAGE.top, PAGE.right, PAGE.bottom].map(pointsOf),
    language: 'vi',
    info: { title: paper.summary, author: paper.issuer, creationDate: new Date(paper.at), modDate: new Date(paper.at) },
    defaultStyle: { font: FONT, fontSize: SIZE.body, lineHeight: 1.15 },
    header: (page: number) => (page === 1 ? { text: paper.isDraft ? words.draft : '', alignment: 'right', italics: true, fontSize: 11, margin: [0, 26, pointsOf(PAGE.right), 0] } : { id: PAGE_NUMBER, text: String(page), alignment: 'center', fontSize: SIZE.page, margin: [0, 26, 0, 0] }),
    content: [letterhead(paper), ...titleOf(paper), addresseesOf(paper), ...paper.body.flatMap(blockOf), signatureOf(paper), ...(paper.annex.rows.length > 0 ? annexOf(paper) : [])],
    pageBreakBefore: isOrphaned,
  };
  return printDefinition(definition, fonts);
}
