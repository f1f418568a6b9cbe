import { readFonts } from '../fonts.ts';
import { FONT } from '../page.ts';
import { printDefinition } from '../pdf.ts';
import type { Briefing, BriefingChapter } from './briefing.ts';

const MARGIN = 40;
const WIDTH = 842 - 2 * MARGIN;
const PICTURE_HEIGHT = 330;
const HALF = 460;
/** A wall wider than this stands over its figures, others beside them. */
const WIDE = 2.5;

/** `wide` columns share what the others leave. */
const tableOf = ({ header, rows }: BriefingChapter['figures'], wide = 1): object => ({
  table: { headerRows: 1, dontBreakRows: true, widths: header.map((_, index) => (index < wide ? '*' : 'auto')), body: [header.map((text) => ({ text, bold: true })), ...rows.map((row) => [...row])] },
  layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5 },
  margin: [0, 2, 0, 8],
});

const isWide = (svg: string): boolean => {
  const [, width = 1, height = 1] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).map(Number);
  return width / height > WIDE;
};

/** The picture with its figures, so that a chapter stays on one page. */
function pictureOf({ svg, figures }: BriefingChapter, { words }: Briefing): object {
  const numbers = [{ text: words('figures'), bold: true }, tableOf(figures)];
  if (isWide(svg)) return { stack: [{ svg, fit: [WIDTH, PICTURE_HEIGHT], margin: [0, 0, 0, 6] }, ...numbers], margin: [0, 6, 0, 6] };
  return { columns: [{ width: HALF, svg, fit: [HALF, PICTURE_HEIGHT] }, { width: '*', stack: numbers, fontSize: 8 }], columnGap: 12, margin: [0, 6, 0, 6] };
}

const chapterOf = (chapter: BriefingChapter, briefing: Briefing): object[] => {
  const { title, lines, reds, decisions, hashes, isRehearsal } = chapter;
  const { words } = briefing;
  return [
    { text: isRehearsal ? `${title} (${words('rehearsal')})` : title, fontSize: 16, bold: true, pageBreak: 'before' },
    ...lines.map((text) => ({ text, color: '#4a5561' })),
    pictureOf(chapter, briefing),
    ...(reds.rows.length === 0 ? [] : [{ text: words('reds'), bold: true }, { ...tableOf(reds, 3), fontSize: 9 }]),
    { text: words('decisions'), bold: true },
    decisions.rows.length === 0 ? { text: words('noDecisions'), margin: [0, 0, 0, 8] } : tableOf(decisions),
    ...hashes.map(([name, hash]) => ({ text: `${name}: ${hash}`, fontSize: 8 })),
  ];
};

/** A briefing as PDF, A4 across, a chapter per page. */
export async function printBriefing(briefing: Briefing): Promise<Buffer> {
  const fonts = await readFonts();
  return printDefinition(
    {
      pageSize: 'A4',
      pageOrientation: 'landscape',
      pageMargins: [MARGIN, MARGIN, MARGIN, MARGIN],
      language: briefing.language,
      info: { title: briefing.title, creationDate: new Date(briefing.at), modDate: new Date(briefing.at) },
      defaultStyle: { font: FONT, fontSize: 11 },
      footer: (page: number, pages: number) => ({ text: `${page}/${pages}`, alignment: 'center', fontSize: 9 }),
      content: [{ text: briefing.title, fontSize: 22, bold: true }, ...briefing.lines.map((text) => ({ text, margin: [0, 4, 0, 0] })), ...briefing.chapters.map(({ title }) => ({ text: title, margin: [0, 10, 0, 0] })), ...briefing.chapters.flatMap((chapter) => chapterOf(chapter, briefing))],
    },
    fonts,
  );
}
