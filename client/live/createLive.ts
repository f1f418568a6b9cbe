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

/** What became of giving the window to the server's build. `same`: it is this one; `later`: the server does not answer yet. */
export type HandedOver = 'done' | 'same' | 'later' | 'impossible';

/** How a page behaves towards a server of another build. */
export interface BuildWays {
  /** Compared with the server's; absent = only the contract is. */
  build?: string | undefined;
  /** Gives the window to the server's build. */
  handOver?: () => Promise<HandedOver>;
}

/** The live picture over this page's own origin. */
export function createLive(loop: FrameLoop, { build, handOver }: BuildWays = {}): Live {
  let named = build;
  let isLeaving = false;
  const leave = async (): Promise<void> => {
    if (isLeaving) return;
    isLeaving = true;
    const came = (await handOver?.()) ?? 'impossible';
    if (came === 'impossible') reloadOnce();
    // The server was built anew under its own feet: its pages are these, and only the contract is left to compare.
    if (came === 'same') named = undefined;
    isLeaving = came === 'done';
  };
  return new Live({
    wire: createSocketWire({ origin: location.origin, build: () => named }),
    openMediaLine: () => createMediaLine({ origin: location.origin }),
    loop,
    api: createApi((...call) => fetch(...call)),
    localNow: () => performance.timeOrigin + performance.now(),
    random: Math.random,
    onMismatch: () => void leave(),
  });
}
