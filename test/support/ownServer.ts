import { spawn, type ChildProcess } from 'node:child_process';

/** A server program of this run alone that can be killed and started again. */
export interface OwnServer {
  kill(): Promise<void>;
  start(): Promise<void>;
}

export interface OwnServerPlan {
  program: string;
  args: readonly string[];
  /** Folder to run in, and who runs it. */
  at?: { cwd?: string; uid?: number; gid?: number };
  /** Whether it serves already. */
  answers: () => Promise<boolean>;
}

/** Started when it resolves. Fails: throws with what it said when it ends before it serves. */
export async function startOwnServer({ program, args, at = {}, answers }: OwnServerPlan): Promise<OwnServer> {
  let child: ChildProcess | undefined;
  const start = async () => {
    let said = '';
    const fresh = spawn(program, args, { ...at, stdio: ['ignore', 'ignore', 'pipe'] });
    fresh.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child = fresh;
    process.once('exit', () => fresh.kill('SIGKILL'));
    while (!(await answers())) {
      if (fresh.exitCode !== null) throw new Error(`${program} ended with ${fresh.exitCode}: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const kill = async () => {
    const old = child;
    child = undefined;
    if (!old || old.exitCode !== null || old.signalCode !== null) return;
    const ended = new Promise((resolve) => old.once('exit', resolve));
    old.kill('SIGKILL');
    await ended;
  };
  await start();
  return { kill, start };
}
