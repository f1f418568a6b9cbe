import { expect, test } from 'vitest';
import type { Procedure } from '#contract/procedure.ts';
import { readFonts } from './fonts.ts';
import { printProcedureAnnex } from './procedureAnnex.ts';

const PROCEDURE: Procedure = {
  code: 'ngap', title: 'Xử lý ngập úng đô thị', kinds: ['flood'], basis: 'Luật Phòng, chống thiên tai', version: 2, state: 'draft', changedAt: Date.UTC(2026, 9, 5), changedBy: '', reason: null,
  steps: [
    { id: 'a', title: 'Xem camera', role: 'Trực ban', withinMinutes: 5, evidence: 'note', branch: { question: 'Sâu không?', answers: [{ answer: 'Có', goto: 'b' }, { answer: 'Không', goto: 'end' }] } },
    { id: 'b', title: 'Chặn đường', role: 'Công an', withinMinutes: 10, document: 'Biên bản' },
  ],
};

test('the annex is a PDF on A4 that grows with its steps', async () => {
  const fonts = await readFonts();
  const short = await printProcedureAnnex(PROCEDURE, fonts);
  expect(short.subarray(0, 5).toString()).toBe('%PDF-');
  expect(short.toString('latin1')).toContain('595.28 841.89');
  const steps = Array.from({ length: 40 }, (_, index) => ({ ...PROCEDURE.steps[1]!, id: `s-${index}`, title: 'Bước dài '.repeat(20) }));
  const long = await printProcedureAnnex({ ...PROCEDURE, steps }, fonts);
  const pages = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  expect([pages(short), pages(long) > 2]).toEqual([1, true]);
});
