import type { Position } from '../../../geo/position.ts';
import type { Drive, StreetNet } from './streetNet.ts';

/** Finds drives through one net; its work space is used again for every search. */
export interface PathFinder {
  /** A quick drive between two nodes. `taste` multiplies the time of each segment; `last` is the drive one arrived by, never driven straight back when there is another way. */
  find(start: number, goal: number, taste: (segment: string) => number, last?: Drive): Drive[];
}

/** The pace of the guess for what is left: a little below the fastest street, so that few nodes are opened and drives stay close to the quickest. Units: m/s. */
const GUESS_PACE = 13;
const M_PER_DEGREE = 111_320;

export function createPathFinder(net: Pick<StreetNet, 'leaving' | 'roads'>): PathFinder {
  const { nodes } = net.roads;
  const metres = flat(nodes);
  const cost = new Float64Array(nodes.length);
  const by: (Drive | undefined)[] = Array.from({ length: nodes.length });
  /** Number of the search that wrote `cost`, and of the one that closed the node. */
  const seenIn = new Uint32Array(nodes.length);
  const doneIn = new Uint32Array(nodes.length);
  let turn = 0;

  const search = (start: number, goal: number, taste: (segment: string) => number, last: Drive | undefined): Drive[] | undefined => {
    turn += 1;
    const left = (node: number) => Math.hypot(metres.x[node]! - metres.x[goal]!, metres.y[node]! - metres.y[goal]!) / GUESS_PACE;
    const queue = createQueue();
    cost[start] = 0;
    seenIn[start] = turn;
    queue.push(start, left(start));
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      if (node === goal) return trail(by, start, goal);
      if (doneIn[node] === turn) continue;
      doneIn[node] = turn;
      for (const drive of net.leaving.get(node) ?? []) {
        const { to, segment } = drive;
        if (doneIn[to] === turn || (node === start && last && segment === last.segment && to === last.from)) continue;
        const reached = cost[node]! + drive.seconds * taste(segment.id);
        if (seenIn[to] === turn && reached >= cost[to]!) continue;
        seenIn[to] = turn;
        cost[to] = reached;
        by[to] = drive;
        queue.push(to, reached + left(to));
      }
    }
    return undefined;
  };

  return { find: (start, goal, taste, last) => search(start, goal, taste, last) ?? search(start, goal, taste, undefined) ?? [] };
}

function trail(by: readonly (Drive | undefined)[], start: number, goal: number): Drive[] {
  const drives: Drive[] = [];
  for (let node = goal; node !== start; ) {
    const drive = by[node]!;
    drives.push(drive);
    node = drive.from;
  }
  return drives.reverse();
}

function flat(nodes: readonly Readonly<Position>[]): { x: Float64Array; y: Float64Array } {
  const shrink = Math.cos(((nodes[0]?.[1] ?? 0) * Math.PI) / 180);
  return { x: Float64Array.from(nodes, ([lon]) => lon * M_PER_DEGREE * shrink), y: Float64Array.from(nodes, ([, lat]) => lat * M_PER_DEGREE) };
}

/** Takes the cheapest first. */
function createQueue() {
  const heap: number[] = [];
  const rank: number[] = [];
  const put = (at: number, node: number, cost: number) => {
    heap[at] = node;
    rank[at] = cost;
  };
  return {
    push(node: number, cost: number) {
      let at = heap.length;
      for (let up = (at - 1) >> 1; at > 0 && cost < rank[up]!; at = up, up = (at - 1) >> 1) put(at, heap[up]!, rank[up]!);
      put(at, node, cost);
    },
    pop(): number | undefined {
      const first = heap[0];
      const node = heap.pop();
      const cost = rank.pop();
      if (node === undefined || cost === undefined || heap.length === 0) return first;
      let at = 0;
      for (let child = 1; child < heap.length; child = 2 * at + 1) {
        if (child + 1 < heap.length && rank[child + 1]! < rank[child]!) child += 1;
        if (rank[child]! >= cost) break;
        put(at, heap[child]!, rank[child]!);
        at = child;
      }
      put(at, node, cost);
      return first;
    },
  };
}
