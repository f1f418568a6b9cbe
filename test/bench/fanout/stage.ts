import { fork } from 'node:child_process';
import { join } from 'node:path';
import { answerOf } from '../answerOf.ts';
import type { Slice, SliceCost, Way } from './server.ts';

/** One way of sending with its own crowd, each in a process of its own. */
export interface Stage {
  /** Fails: throws when the crowd did not get everything. */
  play(slice: Slice): Promise<SliceCost & { bytesPerClient: number }>;
  close(): void;
}

const FLAGS = { execArgv: ['--disable-warning=ExperimentalWarning'] };

/** Sends a body once from this way to `size` clients. */
export async function openStage(way: Way, size: number): Promise<Stage> {
  const server = fork(join(import.meta.dirname, 'server.ts'), [way], FLAGS);
  const { port } = await answerOf<{ port: number }>(server);
  const crowd = fork(join(import.meta.dirname, 'crowd.ts'), [`http://127.0.0.1:${port}`, String(size)], FLAGS);
  await answerOf(crowd);
  return {
    async play(slice) {
      server.send(slice);
      const cost = await answerOf<SliceCost>(server);
      crowd.send('count');
      const got = await answerOf<{ messages: number; bytes: number; read: number }>(crowd);
      const perClient = slice.ticks * slice.count * (slice.isBinary && way !== 'ws' ? 2 : 1);
      if (got.messages !== perClient * size) throw new Error(`${way}: ${got.messages} of ${perClient * size} messages arrived`);
      if (way !== 'ws' && got.read !== slice.ticks * slice.count) throw new Error(`${way}: the stock client read ${got.read} of ${slice.ticks * slice.count}`);
      return { ...cost, bytesPerClient: got.bytes / size };
    },
    close() {
      server.disconnect();
      crowd.disconnect();
    },
  };
}
