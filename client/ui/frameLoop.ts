/** The single animation loop of a window. */
export interface FrameLoop {
  /** Calls back before every repaint. Returns the way to stop. */
  onFrame(step: () => void): () => void;
  /** Repaints in the last whole second. */
  readonly fps: number;
  close(): void;
}

export function createFrameLoop(view: Pick<Window, 'requestAnimationFrame' | 'cancelAnimationFrame'>): FrameLoop {
  const steps = new Set<() => void>();
  let fps = 0;
  let counted = 0;
  let since = 0;
  let handle = view.requestAnimationFrame(run);

  function run(at: number): void {
    handle = view.requestAnimationFrame(run);
    counted++;
    if (at - since >= 1000) {
      fps = Math.round((counted * 1000) / Math.max(1, at - since));
      since = at;
      counted = 0;
    }
    for (const step of steps) step();
  }

  return {
    onFrame(step) {
      steps.add(step);
      return () => steps.delete(step);
    },
    get fps() {
      return fps;
    },
    close() {
      view.cancelAnimationFrame(handle);
      steps.clear();
    },
  };
}
