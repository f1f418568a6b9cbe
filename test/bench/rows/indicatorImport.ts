import ExcelJS from 'exceljs';
import type { IndicatorImportDetail } from '#contract/indicatorImport.ts';
import type { CatalogueAnswer } from '#contract/red.ts';
import { call, signIn } from '../../support/door.ts';
import { startProduct } from '../../support/product.ts';
import { resultOf, type Row } from '../row.ts';

const ROWS = 50_000;

interface Asked {
  code: string;
  unit: string;
  period: string;
  value: number;
}

function rowsOf(codes: readonly string[], units: readonly string[]): Asked[] {
  const rows: Asked[] = [];
  for (let month = 0; rows.length < ROWS; month += 1) {
    const period = `${2020 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    for (const code of codes) for (const unit of units) if (rows.length < ROWS) rows.push({ code, unit, period, value: 40 + ((rows.length * 7) % 60) });
  }
  return rows;
}

async function workbook(rows: readonly Asked[]): Promise<Blob> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Biểu');
  sheet.addRow(['Mã chỉ tiêu', 'Đơn vị', 'Kỳ', 'Giá trị']);
  for (const { code, unit, period, value } of rows) sheet.addRow([code, unit, period, value]);
  return new Blob([(await book.xlsx.writeBuffer()) as ArrayBuffer]);
}

/** A spreadsheet of 50,000 rows through the public door: read and checked, written in one transaction, judged; and the longest time the product answered nobody meanwhile. */
export const row: Row = {
  name: 'indicatorImport',
  async measure({ say }) {
    const product = await startProduct();
    try {
      const cookie = await signIn(product.url);
      const { items } = await call<CatalogueAnswer>(product.url, cookie, '/api/v1/indicators/catalogue');
      const codes = items.filter(({ period, formula }) => period === 'month' && formula === null).map(({ code }) => code);
      const wards = await call<{ items: { code: string }[] }>(product.url, cookie, '/api/v1/units?unit=48&limit=101');
      const rows = rowsOf(codes, wards.items.slice(1).map(({ code }) => code));
      say(`${rows.length} rows, ${codes.length} indicators, ${wards.items.length - 1} units`);
      const form = new FormData();
      form.append('file', await workbook(rows), 'so-lieu.xlsx');

      const silences: number[] = [];
      let asking = true;
      const asked = (async () => {
        while (asking) {
          const at = performance.now();
          await fetch(`${product.url}/healthz`).then((answer) => answer.text());
          silences.push(performance.now() - at);
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      })();
      const until = async (id: string, wanted: string) => {
        for (;;) {
          const one = await call<IndicatorImportDetail>(product.url, cookie, `/api/v1/indicators/imports/${id}`);
          if (one.state === wanted) return one;
          if (one.state === 'refused' || one.state === 'cancelled') throw new Error(one.refusal ?? one.state);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      };
      const begunAt = performance.now();
      const sent = await fetch(`${product.url}/api/v1/indicators/imports`, { method: 'POST', headers: { cookie }, body: form });
      if (!sent.ok) throw new Error(await sent.text());
      const { id } = (await sent.json()) as { id: string };
      const read = await until(id, 'ready');
      const readMs = performance.now() - begunAt;
      await call(product.url, cookie, `/api/v1/indicators/imports/${id}/take`, { skipFaulty: false });
      await until(id, 'done');
      const wholeMs = performance.now() - begunAt;
      asking = false;
      await asked;
      if (read.good !== rows.length) throw new Error(`only ${read.good} rows were good`);
      return [
        resultOf('indicatorImport.read', 's', [readMs / 1000], { against: 'nothing', aim: 'with progress' }),
        resultOf('indicatorImport.whole', 's', [wholeMs / 1000], { against: 'nothing', aim: 'reported' }),
        resultOf('indicatorImport.silence', 'ms', silences, { against: 'nothing', aim: 'p95 ≤ 250' }),
      ];
    } finally {
      await product.close();
    }
  },
};
