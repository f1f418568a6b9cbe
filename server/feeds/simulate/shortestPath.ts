import type { Drive, StreetNet } from './streetNet.ts';

interface Open {
  node: number;
  cost: number;
}

/** Takes the cheapest first. */
function createQueue() {
  const heap: Open[] = [];
  const swap = (a: number, b: number) => ([heap[a], heap[b]] = [heap[b]!, heap[a]!]);
  return {
    push(open: Open) {
      let at = heap.push(open) - 1;
      for (let up = (at - 1) >> 1; at > 0 && heap[at]!.cost < heap[up]!.cost; at = up, up = (at - 1) >> 1) swap(at, up);
    },
    pop(): Open | undefined {
      const first = heap[0];
      const last = heap.pop();
      if (!first || !last || heap.length === 0) return first;
      heap[0] = last;
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        const smaller = left + 1 < heap.length && heap[left + 1]!.cost < heap[left]!.cost ? left + 1 : left;
        if (smaller >= heap.length || heap[smaller]!.cost >= heap[at]!.cost) return first;
        swap(at, smaller);
        at = smaller;
      }
    },
  };
}

/** The quickest drive between two nodes. `taste` multiplies the time of each segment; `last` is the drive one arrived by, never driven straight back when there is another way. */
export function shortestPath(net: StreetNet, start: number, goal: number, taste: (segment: string) => number, last?: Drive): Drive[] {
  return search(net, start, goal, taste, last) ?? search(net, start, goal, taste, undefined) ?? [];
}

function search(net: StreetNet, start: number, goal: number, taste: (segment: string) => number, last: Drive | undefined): Drive[] | undefined {
  const best = new Map<number, { cost: number; by?: Drive }>([[start, { cost: 0 }]]);
  const done = new Set<number>();
  const queue = createQueue();
  queue.push({ node: start, cost: 0 });
  for (let open = queue.pop(); open; open = queue.pop()) {
    if (open.node === goal) return trail(best, goal, start);
    if (done.has(open.node)) continue;
    done.add(open.node);
    for (const drive of net.leaving.get(open.node) ?? []) {
      if (open.node === start && last && drive.segment === last.segment && drive.to === last.from) continue;
      const cost = open.cost + drive.seconds * taste(drive.segment.id);
      if (cost >= (best.get(drive.to)?.cost ?? Infinity)) continue;
      best.set(drive.to, { cost, by: drive });
      queue.push({ node: drive.to, cost });
    }
  }
  return undefined;
}

function trail(best: ReadonlyMap<number, { by?: Drive }>, goal: number, start: number): Drive[] {
  const drives: Drive[] = [];
  for (let node = goal; node !== start; ) {
    const by = best.get(node)!.by!;
    drives.push(by);
    node = by.from;
  }
  return drives.reverse();
}
