const KEEP_AFTER_MS = 15_000;

/** Lets the browser keep the shell and the ground that walls stand on, for the time the server is away. */
export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  await navigator.serviceWorker.register('/sw.js', { type: 'module' });
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage('refresh');
  setTimeout(() => {
    const seen = performance.getEntriesByType('resource').map((entry) => entry.name);
    active?.postMessage(seen.filter((url) => new URL(url).pathname.startsWith('/geo/')));
  }, KEEP_AFTER_MS);
}
