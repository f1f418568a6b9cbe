import type { HandedOver } from './live/createLive.ts';

const READY_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 100;
const ANSWER_WITHIN_MS = 10_000;
/** A sheet that applies to nothing. It stays: a build that comes back believes its sheets to be loaded and asks for none again. */
const ASIDE = 'not all';

interface Page {
  /** Where this build draws. */
  place: HTMLElement;
  end(): Promise<void>;
}

/**
 * Gives the window to the build that the server has now, without an empty moment: its page is drawn beneath this one,
 * and this one goes when the other stands. One window at a time; a script that ran once runs again only under another address.
 */
export async function handOver({ place, end }: Page): Promise<HandedOver> {
  const [shell, styles] = await Promise.all([textOf('/'), stylesOfBuild()]);
  if (shell === null || styles === null) return 'later';
  const page = new DOMParser().parseFromString(shell, 'text/html');
  const entry = page.querySelector('script[type="module"]')?.getAttribute('src');
  if (!entry) return 'impossible';
  if (entry === new URL(import.meta.url).pathname) return 'same';
  const hrefs = [...page.querySelectorAll('link[rel="stylesheet"]')].flatMap((link) => link.getAttribute('href') ?? []);
  for (const link of styleLinks()) if (styles.has(pathOf(link))) link.media = '';
  await Promise.all(hrefs.map(addStyle));
  const next = document.createElement('div');
  place.id = '';
  next.id = 'app';
  place.before(next);
  const hasBegun = await begin(entry, next);
  if (!hasBegun) {
    next.remove();
    place.id = 'app';
    return 'impossible';
  }
  await untilStanding(next);
  await end();
  place.remove();
  for (const link of styleLinks()) if (!styles.has(pathOf(link))) link.media = ASIDE;
  return 'done';
}

async function begin(entry: string, next: HTMLElement): Promise<boolean> {
  try {
    await import(/* @vite-ignore */ `${entry}?${Date.now()}`);
    return next.childNodes.length > 0;
  } catch (error) {
    console.info('the page of the new build could not be begun:', String(error));
    return false;
  }
}

/** Text of an address of this server, null while it does not answer. */
async function textOf(address: string): Promise<string | null> {
  const answer = await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).catch(() => null);
  return answer?.ok ? answer.text() : null;
}

async function stylesOfBuild(): Promise<Set<string> | null> {
  const text = await textOf('/assets/manifest.json');
  if (text === null) return null;
  const rows = Object.values(JSON.parse(text) as Record<string, { file: string; css?: string[] }>);
  return new Set(rows.flatMap(({ file, css = [] }) => [file, ...css]).filter((file) => file.endsWith('.css')).map((file) => `/${file}`));
}

const styleLinks = () => [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
const pathOf = ({ href }: HTMLLinkElement) => new URL(href).pathname;

function addStyle(href: string): Promise<void> {
  if (styleLinks().some((link) => link.getAttribute('href') === href)) return Promise.resolve();
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
  return new Promise((resolve) => {
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
}

/** Waits until the new page follows the server and none of its tiles is loading, or for as long as a picture may stand still. */
async function untilStanding(next: HTMLElement): Promise<void> {
  const endsAt = performance.now() + READY_WITHIN_MS;
  const isStanding = () => !['loading', 'offline'].includes(document.documentElement.dataset.state ?? 'loading') && next.querySelector('[data-tile]') !== null && next.querySelector('[data-tile][data-state="loading"]') === null;
  while (!isStanding() && performance.now() < endsAt) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
