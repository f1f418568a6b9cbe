const WAIT_AT_MOST_MS = 1500;

/**
 * Lets the browser keep the shell and the ground that walls stand on, for the time the server is away.
 * Resolves once the worker sees this page's requests, so that the first map is kept too; soon, in any case.
 */
export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const { serviceWorker } = navigator;
  const isControlled = new Promise<void>((resolve) => {
    if (serviceWorker.controller) resolve();
    else serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
  });
  const isRegistered = serviceWorker
    .register('/sw.js', { type: 'module' })
    .then(() => isControlled)
    .then(
      () => serviceWorker.controller?.postMessage('refresh'),
      (error: unknown) => console.info('nothing is kept for the time the server is away:', String(error)),
    );
  await Promise.race([isRegistered, new Promise((resolve) => setTimeout(resolve, WAIT_AT_MOST_MS))]);
}
