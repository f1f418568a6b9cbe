import type { MixedProvenance, Provenance } from '#contract/base.ts';
import type { LogEntry } from '#contract/entry.ts';

/** One number of a chapter with where it comes from and how old it is. `unit` names the text of what is counted. */
export interface Figure {
  name: 'alerts' | 'alerts1' | 'feedback' | 'requests' | 'overdue' | 'red' | 'cases';
  unit: 'alerts' | 'feedback' | 'requests' | 'red' | 'cases';
  value: number;
  source: MixedProvenance | 'none';
  /** Counts things a rehearsal made up as well. */
  isRehearsed: boolean;
  asOf: number;
}

/** The part of a thing's state that tells whether it still waits. */
export type Body = { state?: string; step?: string; level?: number | string; dueAt?: number; provenance?: Provenance; rehearsal?: unknown };
interface Counting {
  name: Figure['name'];
  unit: Figure['unit'];
  topic: string;
  counts(body: Body, at: number): boolean;
}

const OVER: ReadonlySet<string> = new Set(['resolved', 'verified', 'closed', 'rejected', 'carried-out', 'returned']);
/** Whether nobody has ended it yet. */
export const isOpen = ({ state, step }: Pick<Body, 'state' | 'step'>): boolean => !OVER.has(state ?? step ?? '');

const COUNTINGS: readonly Counting[] = [
  { name: 'alerts', unit: 'alerts', topic: 'alert', counts: isOpen },
  { name: 'alerts1', unit: 'alerts', topic: 'alert', counts: (body) => isOpen(body) && body.level === 1 },
  { name: 'feedback', unit: 'feedback', topic: 'feedback', counts: isOpen },
  { name: 'requests', unit: 'requests', topic: 'handling-request', counts: isOpen },
  { name: 'overdue', unit: 'requests', topic: 'handling-request', counts: (body, at) => isOpen(body) && (body.dueAt ?? Infinity) < at },
  { name: 'red', unit: 'red', topic: 'red-status', counts: ({ level }) => level === 'red' },
  { name: 'cases', unit: 'cases', topic: 'case', counts: isOpen },
];

/** Topics the figures are counted from. */
export const FIGURE_TOPICS = ['alert', 'feedback', 'handling-request', 'red-status', 'case'] as const;

/** Where things come from; what a rehearsal made up is said apart. */
export function sourceOf(things: readonly { rehearsal?: unknown; provenance?: Provenance | null }[]): Pick<Figure, 'source' | 'isRehearsed'> {
  const own = things.filter(({ rehearsal }) => !rehearsal);
  const kinds = new Set(own.flatMap(({ provenance }) => provenance ?? []));
  const [first] = kinds;
  return { source: kinds.size > 1 ? 'mixed' : (first ?? 'none'), isRehearsed: own.length < things.length };
}

/** The numbers of a moment, counted from everything that was open then. */
export function figuresOf(entries: readonly LogEntry[], at: number): Figure[] {
  return COUNTINGS.map(({ name, unit, topic, counts }) => {
    const all = entries.filter((entry) => entry.topic === topic).map(({ body }) => body as Body);
    return { name, unit, value: all.filter((body) => counts(body, at)).length, ...sourceOf(all), asOf: at };
  });
}
