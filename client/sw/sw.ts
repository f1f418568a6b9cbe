/// <reference lib="webworker" />
const worker = self as unknown as ServiceWorkerGlobalScope;

const SHELL = 'shell';
const MAP = 'map';
const ANSWER_WITHIN_MS = 4000;

interface ManifestRow {
  file: string;
  css?: string[];
  assets?: string[];
}

/** Brings the kept shell up to the build the server has now, and forgets files no build names any more. */
async function refreshShell(): Promise<void> {
  const answer = await fetch('/assets/manifest.json', { cache: 'no-cache' });
  if (!answer.ok) return;
  const manifest = (await answer.json()) as Record<string, ManifestRow>;
  const named = Object.values(manifest).flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets]);
  const wanted = new Set(['/', '/icon.svg', ...named.filter((file) => !file.endsWith('.html') && file !== 'sw.js').map((file) => `/${file}`)]);
  const cache = await caches.open(SHELL);
  const kept = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  await Promise.all([...wanted].filter((path) => path === '/' || !kept.has(path)).map((path) => cache.add(path)));
  await Promise.all([...kept].filter((path) => !wanted.has(path)).map((path) => cache.delete(path)));
}

/** Pages that must open without the server: walls, and the forms of people on the road. */
const KEPT_PAGES = /^\/(wall\/|report$|field$)/;

/** Such a page from the server, or the kept shell when the server does not answer in time. */
async function openKept(request: Request): Promise<Response> {
  const kept = await caches.match('/', { cacheName: SHELL });
  try {
    const answer = await fetch(request, kept ? { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) } : {});
    return answer.ok || !kept ? answer : kept;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function fromShell(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: SHELL })) ?? fetch(request);
}

/** Ground and letters: what was seen is shown at once and brought up to date behind it. */
async function fromMap(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(MAP);
  const kept = await cache.match(event.request);
  const fresh = fetch(event.request).then(async (answer) => {
    if (answer.ok) await cache.put(event.request, answer.clone());
    return answer;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => undefined));
  return kept;
}

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('message', (event) => {
  if (event.data === 'refresh') event.waitUntil(refreshShell());
});
worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) return;
  if (event.request.mode === 'navigate' && KEPT_PAGES.test(url.pathname)) event.respondWith(openKept(event.request));
  else if (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg') event.respondWith(fromShell(event.request));
  else if (url.pathname.startsWith('/geo/')) event.respondWith(fromMap(event));
});
