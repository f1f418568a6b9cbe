import { TOPICS, type TopicName } from '#contract/topics.ts';

/** The documented example of a topic as a fresh message: its time is `at`, its key is new, its thing is its own. */
export function freshExample(topic: TopicName, run: string, at: number, n = 0): Record<string, unknown> {
  const example = TOPICS[topic].example as Record<string, unknown>;
  const key = `kit-${run}-${topic}-${n}`;
  return { ...example, key, ref: typeof example.ref === 'string' ? `kit-${run}-${example.ref}` : key, at, provenance: 'simulated' };
}
