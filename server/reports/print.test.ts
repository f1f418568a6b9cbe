import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportDetail } from '#contract/report.ts';
import { readFonts } from './fonts.ts';
import headings from './headings.vi.json' with { type: 'json' };
import { printDocx } from './docx.ts';
import { writeAdHoc, writeUrging } from './occasional.ts';
import { paperOf } from './paper.ts';
import { printPdf } from './pdf.ts';
import { TEST_AT, testFacts } from './testing/facts.ts';
import { writeWeekly } from './weekly.ts';
import type { Written } from './writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'reports-'));
const fonts = await readFonts();
afterAll(() => rmSync(folder, { recursive: true }));

const detail = (written: Written, more: Partial<ReportDetail> = {}): ReportDetail => ({
  id: 'rp-1', kind: 'weekly', title: 'Báo cáo tuần', unit: null, period: '', from: 0, to: 1, dueAt: null, isLate: false, state: 'locked', provenance: 'mixed', hash: 'ab'.repeat(32), createdAt: TEST_AT, createdBy: 'x',
  updatedAt: TEST_AT, lockedAt: TEST_AT, lockedBy: 'x', sent: null, returnReason: null, texts: { procedures: 'Đã ban hành 4 quy trình.' }, ...written, ...more,
});
const tool = (name: string, ...args: string[]) => execFileSync(name, args, { encoding: 'utf8', maxBuffer: 1e8 });
const squeezed = (text: string) => text.replaceAll(/\s+/g, ' ');

interface Word { page: number; x: number; y: number; right: number; bottom: number; text: string }
const MM = 72 / 25.4;
const wordsOf = (file: string): Word[] => {
  const xml = tool('pdftotext', '-bbox', file, '-');
  return xml.split('<page ').slice(1).flatMap((page, index) => [...page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g)].map(([, x, y, right, bottom, text]) => ({ page: index + 1, x: Number(x), y: Number(y), right: Number(right), bottom: Number(bottom), text: text ?? '' })));
};

const pdf = join(folder, 'weekly.pdf');
let text = '';
let all: Word[] = [];
beforeAll(async () => {
  const longer = { texts: { procedures: 'Đã ban hành 4 quy trình.', expansion: Array.from({ length: 40 }, (_, index) => `Đề xuất thứ ${index + 1} về mở rộng dịch vụ.`).join('\n') } };
  writeFileSync(pdf, await printPdf(paperOf(detail(writeWeekly(testFacts()), longer)), fonts));
  text = squeezed(tool('pdftotext', pdf, '-'));
  all = wordsOf(pdf);
});

test('the page is A4 and its margins are those of Decree 30', () => {
  expect(tool('pdfinfo', pdf)).toMatch(/Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)/);
  const body = all.filter(({ y }) => y > 50);
  const [left, right, top, bottom] = [Math.min(...body.map(({ x }) => x)), 595.28 - Math.max(...body.map((word) => word.right)), Math.min(...body.map(({ y }) => y)), 841.89 - Math.max(...body.map((word) => word.bottom))];
  expect(left / MM).toBeGreaterThanOrEqual(29.9);
  expect(left / MM).toBeLessThanOrEqual(35);
  expect(right / MM).toBeGreaterThanOrEqual(15);
  expect(right / MM).toBeLessThanOrEqual(20.5);
  expect(top / MM).toBeGreaterThanOrEqual(19.5);
  expect(bottom / MM).toBeGreaterThanOrEqual(19.5);
});

test('pages are numbered from 2 on, centred in the top margin, size 13', () => {
  const pages = Number(/Pages:\s+(\d+)/.exec(tool('pdfinfo', pdf))?.[1]);
  expect(pages).toBeGreaterThan(3);
  const numbers = all.filter(({ y, text: word }) => y < 50 && /^\d+$/.test(word));
  expect(numbers.map(({ page, text: word }) => [page, word])).toEqual(Array.from({ length: pages - 1 }, (_, index) => [index + 2, String(index + 2)]));
  for (const { x, right, y, bottom } of numbers) {
    expect((x + right) / 2).toBeCloseTo(595.28 / 2, 0);
    expect(bottom / MM).toBeLessThan(20);
    expect(bottom - y).toBeGreaterThan(13);
    expect(bottom - y).toBeLessThan(16);
  }
});

test('the font is Tinos and inside the file', () => {
  const rows = tool('pdffonts', pdf).trim().split('\n').slice(2);
  expect(rows.length).toBeGreaterThan(2);
  for (const row of rows) expect(row).toMatch(/\+Tinos-\w+\s+CID TrueType\s+Identity-H\s+yes yes yes/);
});

test('every part of an official report is there, in order', () => {
  const parts = ['TRUNG TÂM GIÁM SÁT, ĐIỀU HÀNH THÔNG MINH', 'BÁO CÁO', 'Tình hình triển khai các dịch vụ giám sát, điều hành đô thị thông minh', 'Kính gửi:', 'báo cáo tình hình từ 15 giờ 00 ngày 20/11/2026', 'kính báo cáo./.', 'Nơi nhận:', '- Như trên;', 'GIÁM ĐỐC', 'Phụ lục'];
  const places = parts.map((part) => text.indexOf(part));
  expect(places.every((place) => place >= 0), JSON.stringify(places)).toBe(true);
  expect([...places].sort((a, b) => a - b)).toEqual(places);
  for (const part of ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', '/BC-TTGSĐH', 'Đà Nẵng, ngày 26 tháng 11 năm 2026']) expect(text).toContain(part);
});

test('the headings of the weekly report are verbatim and in order', () => {
  const { features, data, effect, ...numbered } = headings.weekly;
  const places = Object.values(numbered).map((heading) => text.indexOf(heading));
  expect(places.every((place) => place > 0)).toBe(true);
  expect([...places].sort((a, b) => a - b)).toEqual(places);
  for (const heading of [features, data, effect]) expect(text.split(heading)).toHaveLength(10);
});

test('figures are printed as the letters print them, with mark and place in the annex', () => {
  expect(text).toContain('chưa được các đơn vị thực hiện: 229/414 (55,3 %) [');
  expect(text).toContain('kỳ trước: 100/200 (50,0 %)');
  expect(text).toContain('quá hạn: 56/98 (57,1 %) (MÔ PHỎNG) [');
  const lines = tool('pdftotext', '-layout', pdf, '-').split('\n');
  expect(lines.filter((line) => line.includes('56/98 (57,1 %)')).some((line) => line.includes('MÔ PHỎNG'))).toBe(true);
  expect(text).toContain('Đã ban hành 4 quy trình.');
  expect(text).toContain('ab'.repeat(32));
});

test('no noun stands behind the brackets of a figure', () => {
  const sentences = writeWeekly(testFacts()).document.sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.runs.map((run) => run.text).join('')] : [])));
  const counted = sentences.filter((sentence) => /\[\d+\]/.test(sentence));
  expect(counted.length).toBeGreaterThan(8);
  for (const sentence of counted) expect(sentence).toMatch(/^Số [^:]+: [^:]+ \[\d+\](; kỳ trước: [^:]+)?\.$/);
});

test('a heading or a caption never ends a page, however long the text before it is', async () => {
  const headingsOf = new Set([...Object.values(headings.weekly), ...writeWeekly(testFacts()).document.sections.map(({ heading }) => heading), 'Các chỉ tiêu, nhiệm vụ đang cảnh báo “ĐỎ”']);
  const file = join(folder, 'shifted.pdf');
  for (let lines = 0; lines < 12; lines += 2) {
    const texts = { procedures: Array.from({ length: 3 * lines + 1 }, (_, index) => `Quy trình thứ ${index + 1}.`).join('\n') };
    writeFileSync(file, await printPdf(paperOf(detail(writeWeekly(testFacts()), { texts })), fonts));
    const lasts = tool('pdftotext', '-layout', file, '-').split('\f').map((page) => page.trimEnd().split('\n').at(-1)?.trim() ?? '');
    expect(lasts.filter((last) => [...headingsOf].some((heading) => last !== '' && heading.endsWith(last))), `after ${lines} paragraphs`).toEqual([]);
  }
});

test('what nobody sent is said to be missing, not zero', () => {
  expect(text).toContain('Số hồ sơ thủ tục hành chính trễ hạn trên tổng số hồ sơ tiếp nhận: chưa có dữ liệu');
});

test('a letter has its subject under the number and no name of kind', async () => {
  const file = join(folder, 'urging.pdf');
  const letter = writeUrging(testFacts({ kind: 'urging', unit: { code: 'SM-A', fullName: 'Sở mẫu A' } }));
  writeFileSync(file, await printPdf(paperOf(detail(letter, { kind: 'urging', sent: { number: '125', on: '2026-11-26', at: TEST_AT, by: 'x', rung: null, signedFile: null, recipients: [] } })), fonts));
  const said = squeezed(tool('pdftotext', file, '-'));
  expect(said).toContain('Số: 125/TTGSĐH-GSĐH');
  expect(said).toContain('V/v đôn đốc');
  expect(said).toContain('Kính gửi: Sở mẫu A');
  expect(said.match(/\(MÔ PHỎNG\)/g)).toHaveLength(2);
  expect(said).toContain('trên hệ thống./.');
  expect(said).not.toContain('BÁO CÁO');
});

test('the DOCX holds the same page, numbering, font and words', async () => {
  const zip = await JSZip.loadAsync(await printDocx(paperOf(detail(writeWeekly(testFacts()))), fonts));
  const part = async (name: string) => (await zip.file(name)?.async('string')) ?? '';
  const body = await part('word/document.xml');
  expect(body).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
  const margins = /<w:pgMar ([^>]*)\/>/.exec(body)?.[1] ?? '';
  const mm = (side: string) => (Number(new RegExp(`w:${side}="(\\d+)"`).exec(margins)?.[1]) / 1440) * 25.4;
  expect([mm('top') >= 20, mm('top') <= 25, mm('bottom') >= 20, mm('bottom') <= 25, mm('left') >= 30, mm('left') <= 35, mm('right') >= 15, mm('right') <= 20]).toEqual(Array(8).fill(true));
  expect(body).toContain('<w:titlePg/>');
  const headers = await Promise.all(Object.keys(zip.files).filter((name) => /header\d\.xml$/.test(name)).map(part));
  const numbered = headers.filter((xml) => xml.includes('PAGE'));
  expect([headers.length, numbered.length]).toEqual([2, 1]);
  expect(numbered[0]).toMatch(/<w:jc w:val="center"\/>/);
  expect(numbered[0]).toMatch(/<w:sz w:val="26"\/>/);
  expect(await part('word/fontTable.xml')).toMatch(/w:name="Tinos"[\s\S]*<w:embedRegular[\s\S]*<w:embedBold/);
  expect(Object.keys(zip.files).filter((name) => name.endsWith('.odttf'))).toHaveLength(4);
  expect(new Set([...body.matchAll(/w:ascii="([^"]+)"/g)].map(([, font]) => font))).toEqual(new Set(['Tinos']));
  const said = [...body.matchAll(/<w:t[^>]*>([^<]*)</g)].map(([, word]) => word).join(' ');
  for (const words of [...Object.values(headings.weekly), 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'Kính gửi:', 'Nơi nhận:', 'kính báo cáo./.', '229/414 (55,3 %)', '56/98 (57,1 %) (MÔ PHỎNG)']) expect(said).toContain(words);
});

test('an ad-hoc report counts from the same rows the same way', () => {
  const one = writeAdHoc(testFacts({ kind: 'ad-hoc', title: 'Báo cáo đột xuất' }));
  const other = writeWeekly(testFacts());
  const hashOf = (written: Written) => written.figures.find(({ id }) => id === 'requests-not-carried-out')?.hash;
  expect(hashOf(one)).toMatch(/^[0-9a-f]{64}$/);
  expect(hashOf(one)).toBe(hashOf(other));
});
