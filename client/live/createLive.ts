import type { FrameLoop } from '../ui/frameLoop.ts';
import { createApi } from './api.ts';
import { Live } from './live.svelte.ts';
import { createMediaLine } from './mediaLine.ts';
import { createSocketWire } from './socketWire.ts';

const RELOAD_MARK = 'toan-canh.reloaded';
const RELOAD_AGAIN_AFTER_MS = 60_000;

/** Loads the page anew, but not again and again when that does not help. */
function reloadOnce(): void {
  const last = Number(sessionStorage.getItem(RELOAD_MARK) ?? 0);
  if (Date.now() - last < RELOAD_AGAIN_AFTER_MS) return;
  sessionStorage.setItem(RELOAD_MARK, String(Date.now()));
  location.reload();
}

/** The live picture over this page's own origin. */
export function createLive(loop: FrameLoop): Live {
  const build = document.querySelector<HTMLMetaElement>('meta[name="build"]')?.content;
  return new Live({
    wire: createSocketWire({ origin: location.origin, build }),
    openMediaLine: () => createMediaLine({ origin: location.origin, build }),
    loop,
    api: createApi((...call) => fetch(...call)),
    localNow: () => performance.timeOrigin + performance.now(),
    random: Math.random,
    onMismatch: reloadOnce,
  });
}
