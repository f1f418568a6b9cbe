import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { ROOT } from '../house/tree.ts';

const SHOTS = join(ROOT, 'test/report/screenshots');
const IMAGES = join(ROOT, 'docs/images');

/** A run that renews the pictures of the documents. */
export const isForDocuments = process.env.UPDATE_DOCS === '1';

/** Keeps a picture for the report, and for the documents when they are renewed: once every camera on it plays. */
export async function keepPicture(page: Page, name: string, { width, largestBytes }: { width: number; largestBytes: number }): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  if (isForDocuments) await page.waitForFunction(() => [...document.querySelectorAll('figure[data-state]')].every((picture) => (picture as HTMLElement).dataset.state === 'live'), undefined, { timeout: 90_000 });
  const picture = await page.screenshot({ path: join(SHOTS, `${name}.png`) });
  if (!isForDocuments) return;
  mkdirSync(IMAGES, { recursive: true });
  for (const quality of [82, 70, 55, 40]) {
    const { size } = await sharp(picture).resize({ width }).jpeg({ quality, mozjpeg: true }).toFile(join(IMAGES, `${name}.jpg`));
    if (size <= largestBytes) return;
  }
  throw new Error(`${name}.jpg stays too large`);
}
