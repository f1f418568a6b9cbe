import { fork } from 'node:child_process';
import { join } from 'node:path';
import { answerOf } from '../answerOf.ts';
import type { Answered, Asked } from './screens.ts';

/** Screens in a process of their own, on one server. */
export interface Crowd {
  ask(asked: Asked): Promise<Answered>;
  close(): void;
}

/** Fails: throws when the process of the screens ends, as after a refused handshake. */
export async function openCrowd(url: string, token: string): Promise<Crowd> {
  const child = fork(join(import.meta.dirname, 'screens.ts'), [url, token], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  await answerOf(child);
  return {
    ask(asked) {
      const answered = answerOf<Answered>(child);
      child.send(asked);
      return answered;
    },
    close: () => child.disconnect(),
  };
}
