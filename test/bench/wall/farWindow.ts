import type { BrowserContext, Page } from 'playwright-core';

/** How badly a window stands to the server. Units: ms. */
export interface Distance {
  /** What its clock is wrong by. */
  skewMs: number;
  /** Every message comes up to this late, in its order. */
  delayMs: number;
}

/** What one change looked like in a window. Units: epoch ms of the machine, whatever the window believes. */
export interface Seen {
  /** The frame after the message came: when a wall without a clock would have changed. */
  naiveAt: number;
  /** The frame in which the change was there. */
  shownAt: number;
}

/** Makes a window far from its server: a wrong clock, and messages that are late by chance. To be called before its page is opened. */
export async function putFarAway(context: BrowserContext, distance: Distance): Promise<void> {
  await context.addInitScript(({ skewMs, delayMs }) => {
    const origin = performance.timeOrigin;
    const realNow = (): number => origin + performance.now();
    Object.defineProperty(performance, 'timeOrigin', { get: () => origin + skewMs });
    const naive: number[] = [];
    Object.assign(window, { realNow, naive });
    let lastAt = 0;
    window.WebSocket = class extends WebSocket {
      override set onmessage(listener: ((event: MessageEvent) => void) | null) {
        super.onmessage = (event: MessageEvent) => {
          const at = Math.max(lastAt, performance.now() + Math.random() * delayMs);
          lastAt = at;
          setTimeout(() => {
            if (typeof event.data === 'string' && event.data.includes('"wall.scheduled"')) requestAnimationFrame(() => naive.push(realNow()));
            listener?.call(this, event);
          }, at - performance.now());
        };
      }
      override get onmessage(): ((event: MessageEvent) => void) | null {
        return super.onmessage as ((event: MessageEvent) => void) | null;
      }
    };
  }, distance);
}

/** Notes from now on in which frame the mark that names the outputs comes or goes. */
export const watchMarks = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { realNow, naive } = window as unknown as { realNow: () => number; naive: number[] };
    naive.length = 0;
    const shown: number[] = [];
    Object.assign(window, { shown });
    const isThere = (): boolean => document.querySelector('.identify') !== null;
    let last = isThere();
    const step = (): void => {
      if (isThere() !== last) {
        last = !last;
        shown.push(realNow());
      }
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });

/** How change number `turn` was seen; waits for it. */
export const seenAt = (page: Page, turn: number): Promise<Seen> =>
  page
    .waitForFunction(
      (nth) => {
        const { shown, naive } = window as unknown as { shown: number[]; naive: number[] };
        return shown[nth] !== undefined && naive[nth] !== undefined ? { naiveAt: naive[nth], shownAt: shown[nth] } : undefined;
      },
      turn,
      { polling: 20, timeout: 20_000 },
    )
    .then((handle) => handle.jsonValue() as Promise<Seen>);
