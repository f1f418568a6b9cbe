import type { Page } from 'playwright-core';

/** What an administrator does in the part of connections and event receivers, step by step, in the words of the screen. */
export function connectorSteps(page: Page) {
  const press = (name: string) => page.getByRole('button', { name }).click();
  const fill = async (values: Record<string, string>) => {
    for (const [name, value] of Object.entries(values)) await page.locator(`form [name="${name}"]`).fill(value);
  };
  const row = (id: string) => page.locator(`tr[data-link="${id}"]`);
  return {
    press,
    fill,
    row,
    async begin(template: string, name: string, id: string) {
      await page.locator('select[name="template"]').selectOption(template);
      await press('Khai báo kết nối');
      await fill({ 'connector-name': name, 'connector-id': id });
    },
    /** Looks with what is typed; the answer is a fault's code, or `fine`. */
    async look(wanted: string) {
      await press('Xem thử');
      await page.locator(`[data-preview="${wanted}"]`).waitFor();
    },
    suggest: () => press('Điền theo gợi ý'),
    mapLine: (field: string, from: string, more = '') => fill({ [`from-${field}`]: from, [`more-${field}`]: more }),
    untilGood: (count: number) => page.locator(`[data-preview="fine"] [data-good="${count}"]`).waitFor(),
    keepAndRun: () => press('Lưu và cho chạy'),
    untilState: (id: string, state: string) => page.locator(`tr[data-link="${id}"][data-state="${state}"]`).waitFor(),
    untilSaid: (id: string, words: string) => row(id).getByText(words).waitFor(),
    async remove(name: string) {
      await press(`Xóa: ${name}`);
      await page.getByRole('dialog').getByRole('button', { name: 'Xóa' }).click();
    },
  };
}
