import type { FrameLoop } from '../ui/frameLoop.ts';
import type { Wire } from './wire.ts';

/** One frame draws what a push changed; in the next it is on the screen. */
const FRAMES = 2;
const MOST_AT_ONCE = 5;

/** Tells the server when a change whose way is recorded was painted on this page. */
export function createPaintTeller({ wire, loop, serverNow }: { wire: Pick<Wire, 'send'>; loop: Pick<FrameLoop, 'onFrame'>; serverNow: () => number }): (trace: string) => void {
  let open = 0;
  return (trace) => {
    if (open >= MOST_AT_ONCE) return;
    open++;
    const receivedAt = serverNow();
    let frames = 0;
    const stop = loop.onFrame(() => {
      frames++;
      if (frames < FRAMES) return;
      stop();
      open--;
      void wire.send('trace.painted', { trace, receivedAt, paintedAt: serverNow() });
    });
  };
}
