import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromiumPath } from './machine.ts';

const FLAGS = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];

/** Messages of graphics libraries that say nothing about the product. */
const HARMLESS = [/GL Driver Message/, /Attribute \w+ is normalized/, /Binding \w+ not set/, /GPU stall due to ReadPixels/, /software WebGL/i, /WebGL context was lost/i];

/** A window of a person or an output; every console error and failed request is kept. */
export interface Watched {
  page: Page;
  context: BrowserContext;
  faults: string[];
  /** Leaves the page, then ends its context: Chromium may never answer one that is closed while its page goes elsewhere. */
  close(): Promise<void>;
}

/** A machine with other work gets this long for any one step; what the product promises is measured by the tests themselves. */
const STEP_WITHIN_MS = 90_000;

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
}

/** Hears every console error, page error and failed request of a page. */
function watch(page: Page, add: (fault: string) => void): void {
  page.on('console', (message) => message.type() === 'error' && add(`console: ${message.text()}`));
  page.on('pageerror', (error) => add(`page: ${error.message}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') add(`request: ${request.url()} ${reason}`);
  });
  page.on('response', (response) => response.status() >= 400 && add(`answer: ${response.status()} ${response.url()}`));
}

/** Opens a watched page; further pages of its context are watched like it. Requests that fail because the page itself leaves or the server is down on purpose are listed apart by `isExpected`. */
export async function openPage(browser: Browser, options: { width: number; height: number; cookie?: string; url?: string; isExpected?: (fault: string) => boolean }): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: options.width, height: options.height }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' });
  if (options.cookie && options.url) {
    const { hostname } = new URL(options.url);
    const cookies = options.cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), domain: hostname, path: '/', secure: true, httpOnly: true, sameSite: 'Strict' as const }));
    await context.addCookies(cookies);
  }
  context.setDefaultTimeout(STEP_WITHIN_MS);
  const faults: string[] = [];
  context.on('page', (opened) => watch(opened, (fault) => {
    if (!HARMLESS.some((pattern) => pattern.test(fault)) && !options.isExpected?.(fault)) faults.push(`${opened.url().replace(/^\w+:\/\/[^/]+/, '')}: ${fault}`);
  }));
  const page = await context.newPage();
  return {
    page,
    context,
    faults,
    async close() {
      await page.goto('about:blank');
      await context.close();
    },
  };
}
