import { DateTime } from 'luxon';
import type { Procedure } from '#contract/procedure.ts';
import type { FontFaces } from './fonts.ts';
import { BODY_WIDTH, FONT, PAGE, pointsOf, SIZE } from './page.ts';
import { printDefinition } from './pdf.ts';
import words from './procedureAnnex.vi.json' with { type: 'json' };

const ZONE = 'Asia/Ho_Chi_Minh';
const SHARES = [0.06, 0.38, 0.2, 0.1, 0.26];

const dayOf = (at: number): string => DateTime.fromMillis(at, { zone: ZONE }).toFormat('dd/MM/yyyy');

/** The line of branches under a step: each answer with the step it leads to. */
function branchOf({ branch }: Procedure['steps'][number], numbers: ReadonlyMap<string, number>): string {
  if (!branch) return '';
  const answers = branch.answers.map(({ answer, goto }) => `${answer} → ${numbers.has(goto) ? words.step.replace('{number}', String(numbers.get(goto))) : words.end}`);
  return `${branch.question} ${answers.join('; ')}.`;
}

/** The printed annex of a procedure: who does what, within how long, with which document and evidence. Source: layout of Decree 30/2020/NĐ-CP. */
export function printProcedureAnnex({ title, code, version, state, changedAt, basis, steps }: Procedure, fonts: FontFaces): Promise<Buffer> {
  const numbers = new Map(steps.map(({ id }, order) => [id, order + 1]));
  const room = BODY_WIDTH - SHARES.length * 5 - 1;
  const head = words.columns.map((text) => ({ text, bold: true, alignment: 'center' }));
  const rows = steps.map((step, order) => {
    const more = branchOf(step, numbers);
    const proof = [step.document, step.evidence ? words.evidence[step.evidence] : undefined].filter(Boolean).join('; ');
    return [{ text: String(order + 1), alignment: 'center' }, { stack: [step.title, ...(more === '' ? [] : [{ text: more, italics: true }])] }, step.role, { text: String(step.withinMinutes), alignment: 'center' }, proof];
  });
  const footer = `${words.state[state]} · ${words.version.replace('{version}', String(version)).replace('{code}', code).replace('{day}', dayOf(changedAt))}`;
  return printDefinition(
    {
      pageSize: 'A4',
      pageMargins: [pointsOf(PAGE.left), pointsOf(PAGE.top), pointsOf(PAGE.right), pointsOf(PAGE.bottom)],
      info: { title },
      defaultStyle: { font: FONT, fontSize: SIZE.table, lineHeight: 1.15 },
      header: (page: number) => (page === 1 ? '' : { text: String(page), alignment: 'center', margin: [0, pointsOf(PAGE.header), 0, 0], fontSize: SIZE.page }),
      content: [
        { text: words.annex, bold: true, alignment: 'center', fontSize: SIZE.name },
        { text: title, bold: true, alignment: 'center', fontSize: SIZE.name, margin: [0, 2, 0, 2] },
        { text: footer, italics: true, alignment: 'center', margin: [0, 0, 0, 10] },
        { text: `${words.basis}: ${basis}.`, fontSize: SIZE.body, alignment: 'justify', margin: [0, 0, 0, 8] },
        { table: { headerRows: 1, dontBreakRows: true, widths: SHARES.map((share) => share * room), body: [head, ...rows] }, layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5, paddingLeft: () => 2, paddingRight: () => 2 } },
      ],
    },
    fonts,
  );
}
