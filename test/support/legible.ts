import type { Page } from 'playwright-core';

/** A text of a wall that its farthest viewer can not read. Units: wall pixels. */
export interface SmallText {
  tile: string;
  text: string;
  fontPx: number;
}

/**
 * Texts of tiles that are drawn below a size. What stands on the ground of a map is left to the map: its source line,
 * which the licence wants but nobody reads from afar, and the small chart of the country.
 */
export function findSmallText(page: Page, floorPx: number): Promise<SmallText[]> {
  return page.evaluate((floor) => {
    const found: { tile: string; text: string; fontPx: number }[] = [];
    for (const tile of document.querySelectorAll<HTMLElement>('[data-tile]')) {
      const texts = document.createTreeWalker(tile, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const node = texts.currentNode;
        const words = (node.textContent ?? '').trim();
        const holder = node.parentElement;
        if (words === '' || !holder || holder.closest('svg, .attribution')) continue;
        const style = getComputedStyle(holder);
        if (style.visibility === 'hidden' || holder.offsetWidth < 2 || holder.offsetHeight < 2) continue;
        const fontPx = Number.parseFloat(style.fontSize);
        if (fontPx < floor - 0.05) found.push({ tile: `${tile.dataset.tile}:${tile.dataset.widget}`, text: words.slice(0, 60), fontPx });
      }
    }
    return found;
  }, floorPx);
}
