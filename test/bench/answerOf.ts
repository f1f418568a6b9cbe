import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** The next message of a process. Fails: throws when it ends instead. */
export function answerOf<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController();
  const left = once(child, 'exit', { signal: ended.signal }).then(([code]) => Promise.reject(new Error(`a process of the bench ended with ${String(code)}`)));
  const answered = once(child, 'message', { signal: ended.signal }).then(([message]) => message as T);
  return Promise.race([answered, left]).finally(() => {
    left.catch(() => undefined);
    answered.catch(() => undefined);
    ended.abort();
  });
}
