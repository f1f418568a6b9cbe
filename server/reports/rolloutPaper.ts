import { DateTime } from 'luxon';
import type { FormLine, RolloutBodies, RolloutLine, RolloutPaper } from '#contract/rollout.ts';
import type { FontFaces } from './fonts.ts';
import { BODY_WIDTH, FONT, PAGE, pointsOf, SIZE } from './page.ts';
import { printDefinition } from './pdf.ts';
import words from './rolloutPaper.vi.json' with { type: 'json' };

const VALUES: Readonly<Record<string, string>> = words.values;
const dayOf = (day: string | null) => (day === null ? '' : day.split('-').reverse().join('/'));

/** The cells of one line after its number: what was asked and what was answered. */
const CELLS: { [P in RolloutPaper]: (line: FormLine, answer: RolloutBodies[P] | undefined) => string[] } = {
  readiness: ({ text }, answer) => [text.vi, VALUES[answer?.state ?? ''] ?? words.unanswered, dayOf(answer?.dueOn ?? null), answer?.note ?? ''],
  survey: ({ text }, answer) => [text.vi, answer?.answer ?? '', VALUES[answer?.reuse ?? ''] ?? ''],
  conformity: ({ text, basis = '', feature, proof = '' }, answer) => [text.vi, basis, feature?.vi ?? '', broken(proof), [VALUES[answer?.result ?? 'untested'], dayOf(answer?.testedOn ?? null), answer?.note ?? ''].filter(Boolean).join('; ')],
};

/** Long paths are given places to break. */
const broken = (path: string) => path.replaceAll('/', '/\u200b');

/** One of the roll-out's sheets with its answers so far, on A4 as Decree 30/2020/NĐ-CP lays a page out. */
export function printRolloutPaper(paper: RolloutPaper, lines: readonly FormLine[], answers: readonly RolloutLine[], at: number, fonts: FontFaces): Promise<Buffer> {
  const { title, columns, shares } = words[paper];
  const given = new Map(answers.map(({ id, body }) => [id, body]));
  const room = BODY_WIDTH - columns.length * 5 - 1;
  const head = columns.map((text) => ({ text, bold: true, alignment: 'center' }));
  const cellsOf = CELLS[paper] as (line: FormLine, answer: unknown) => string[];
  const rows = lines.flatMap((line, order) => {
    const isFirst = order === 0 || lines[order - 1]!.group.vi !== line.group.vi;
    const heading = { text: line.group.vi, bold: true, colSpan: columns.length };
    return [...(isFirst ? [[heading, ...columns.slice(1).map(() => '')]] : []), [{ text: String(order + 1), alignment: 'center' }, ...cellsOf(line, given.get(line.id))]];
  });
  const time = DateTime.fromMillis(at, { zone: 'Asia/Ho_Chi_Minh' }).toFormat('HH:mm dd/MM/yyyy');
  const answered = lines.filter(({ id }) => given.has(id)).length;
  return printDefinition(
    {
      pageSize: 'A4',
      pageMargins: [pointsOf(PAGE.left), pointsOf(PAGE.top), pointsOf(PAGE.right), pointsOf(PAGE.bottom)],
      info: { title },
      defaultStyle: { font: FONT, fontSize: SIZE.table, lineHeight: 1.15 },
      header: (page: number) => (page === 1 ? '' : { text: String(page), alignment: 'center', margin: [0, pointsOf(PAGE.header), 0, 0], fontSize: SIZE.page }),
      content: [
        { text: title, bold: true, alignment: 'center', fontSize: SIZE.name },
        { text: `${words.asOf.replace('{time}', time)}. ${words.answered.replace('{count}', String(answered)).replace('{total}', String(lines.length))}.`, italics: true, alignment: 'center', margin: [0, 2, 0, 10] },
        { table: { headerRows: 1, dontBreakRows: true, widths: shares.map((share) => share * room), body: [head, ...rows] }, layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5, paddingLeft: () => 2, paddingRight: () => 2 } },
      ],
    },
    fonts,
  );
}
