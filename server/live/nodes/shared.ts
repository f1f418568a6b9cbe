import { canonicalJson } from '../../domain/wall/stateHash.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { NodeLine, Signal } from './line.ts';

const AGAIN_MS = 1000;
/** Silent for so long, a server has nothing of its own any more. */
const FORGET_MS = 5000;

/** State that every server has a part of. Each tells its whole part on change and every second, so a lost signal heals by itself. */
export interface Shared<T> extends Closable {
  /** Parts of the other servers. */
  others(): T[];
  /** Tells the own part now. */
  tell(): void;
}

export function createShared<T>(deps: { line: NodeLine; signal: Signal; own(): T; onChange?(now: T | undefined, before: T | undefined): void; elapsed?: () => number }): Shared<T> {
  const { line, signal, own, onChange = () => undefined, elapsed = () => performance.now() } = deps;
  const parts = new Map<string, { part: T; words: string; at: number }>();

  line.hear(signal, (body, from) => {
    const before = parts.get(from);
    const words = canonicalJson(body);
    parts.set(from, { part: body as T, words, at: elapsed() });
    if (before?.words !== words) onChange(body as T, before?.part);
  });
  const forgetSilent = () => {
    for (const [from, { part, at }] of parts) {
      if (elapsed() - at <= FORGET_MS) continue;
      parts.delete(from);
      onChange(undefined, part);
    }
  };
  const tell = () => line.tell(signal, own());
  const timer = setInterval(() => {
    forgetSilent();
    tell();
  }, AGAIN_MS);
  timer.unref();

  return { others: () => [...parts.values()].map(({ part }) => part), tell, close: () => clearInterval(timer) };
}
