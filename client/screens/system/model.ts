import { isDiskShort } from '#contract/boards/disk.ts';
import type { FeedHealth } from '#contract/entry.ts';
import type { SystemState } from '#contract/system.ts';
import type { OutputHealth } from '#contract/wall.ts';

const GB = 1e9;

export type Trouble = 'store' | 'line' | 'disk' | 'disk-unknown' | 'feeds' | 'connections' | 'outputs' | 'clock' | 'nodes' | 'above' | 'above-refused' | SelfIll;

/** What only the server itself can find. */
export const SELF_ILLS = { backup: 'backup', 'server-clock': 'clock', wake: 'wake', cameras: 'cameras' } as const;
type SelfIll = keyof typeof SELF_ILLS;

const isHere = ({ lostSince }: SystemState['nodes'][number]): boolean => lostSince === null;
const isFeedIll = ({ state }: FeedHealth): boolean => state === 'stale' || state === 'down';

/** What someone should look at, worst first, each with how many it concerns. */
export function troublesOf(state: SystemState, feeds: readonly FeedHealth[], outputs: readonly OutputHealth[], failing: readonly string[]): { kind: Trouble; count: number }[] {
  const counts: [Trouble, number][] = [
    ['store', state.store.state === 'ready' ? 0 : 1],
    ['line', state.line === 'down' || (state.line === 'alone' && state.nodes.filter(isHere).length > 1) ? 1 : 0],
    ['nodes', state.nodes.filter((node) => !isHere(node)).length],
    ['above', state.above?.fault ? 1 : 0],
    ['disk', state.disk && isDiskShort(state.disk, state.clock.realAt) ? 1 : 0],
    ['disk-unknown', state.disk === null ? 1 : 0],
    ['feeds', feeds.filter(isFeedIll).length],
    ['connections', failing.length],
    ['above-refused', state.above?.refused?.count ?? 0],
    ...Object.entries(SELF_ILLS).map(([trouble, ill]): [Trouble, number] => [trouble as SelfIll, state.ills.some(({ kind }) => kind === ill) ? 1 : 0]),
    ['outputs', outputs.filter(({ connected }) => !connected).length],
    ['clock', state.clock.isReal ? 0 : 1],
  ];
  return counts.filter(([, count]) => count > 0).map(([kind, count]) => ({ kind, count }));
}

/** A size for people: GB from one gigabyte on, else MB. */
export const sizeOf = (bytes: number): { unit: 'gb' | 'mb'; value: number; digits: number } => (bytes >= GB ? { unit: 'gb', value: bytes / GB, digits: 1 } : { unit: 'mb', value: bytes / 1e6, digits: 0 });
