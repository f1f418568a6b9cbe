import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** A window that is started again whenever it ends or its page dies. */
export interface KeptWindow {
  close(): void;
}

interface WindowPlan {
  browser: string;
  args: readonly string[];
  /** How long a window stays away before it is started again. Units: ms. */
  againAfterMs: number;
  /** Told why a window is started again. */
  onAgain: (why: 'ended' | 'page-died') => void;
  onError: (error: Error) => void;
}

/** The browser tells over these two pipes, and over no port that others could reach. */
const [TO_BROWSER, FROM_BROWSER] = [3, 4];
const WATCH = `${JSON.stringify({ id: 1, method: 'Target.setDiscoverTargets', params: { discover: true } })}\0`;
const DIED = '"Target.targetCrashed"';

/** A page that died leaves its browser running with an empty face: the browser says so, and is ended to come up anew. */
export function keepWindow({ browser, args, againAfterMs, onAgain, onError }: WindowPlan): KeptWindow {
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let end = (): void => undefined;

  const open = (): void => {
    const child = spawn(browser, [...args, '--remote-debugging-pipe'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    let why: 'ended' | 'page-died' = 'ended';
    let rest = '';
    end = () => void child.kill();
    const [to, from] = [child.stdio[TO_BROWSER] as Writable, child.stdio[FROM_BROWSER] as Readable];
    to.on('error', onError).write(WATCH);
    from.on('error', onError).setEncoding('utf8').on('data', (text: string) => {
      const told = (rest + text).split('\0');
      rest = told.pop() ?? '';
      if (!told.some((message) => message.includes(DIED))) return;
      why = 'page-died';
      child.kill();
    });
    child.on('error', onError);
    child.on('close', () => {
      if (isClosed) return;
      onAgain(why);
      timer = setTimeout(open, againAfterMs);
    });
  };

  open();
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
      end();
    },
  };
}
