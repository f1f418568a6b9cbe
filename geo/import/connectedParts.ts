interface Edge {
  from: number;
  to: number;
  isOneway: boolean;
}

/** Numbers the strongly connected parts of a street graph, largest first: within a part one can drive from anywhere to anywhere. */
export function connectedParts(nodeCount: number, edges: readonly Edge[]): number[] {
  const forward: number[][] = Array.from({ length: nodeCount }, () => []);
  const backward: number[][] = Array.from({ length: nodeCount }, () => []);
  const link = (from: number, to: number): void => {
    forward[from]?.push(to);
    backward[to]?.push(from);
  };
  for (const { from, to, isOneway } of edges) {
    link(from, to);
    if (!isOneway) link(to, from);
  }
  const finished = finishOrder(forward);
  const part = new Array<number>(nodeCount).fill(-1);
  const sizes: number[] = [];
  for (const root of finished.reverse()) {
    if (part[root] !== -1) continue;
    const number = sizes.push(0) - 1;
    const queue = [root];
    part[root] = number;
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      sizes[number] = (sizes[number] ?? 0) + 1;
      for (const next of backward[node] ?? []) {
        if (part[next] !== -1) continue;
        part[next] = number;
        queue.push(next);
      }
    }
  }
  const rank = sizes.map((size, number) => ({ size, number })).sort((a, b) => b.size - a.size || a.number - b.number);
  const renamed = new Map(rank.map(({ number }, place) => [number, place]));
  return part.map((number) => renamed.get(number) as number);
}

function finishOrder(forward: readonly (readonly number[])[]): number[] {
  const seen = new Uint8Array(forward.length);
  const order: number[] = [];
  for (let root = 0; root < forward.length; root++) {
    if (seen[root]) continue;
    seen[root] = 1;
    const stack: [node: number, nextEdge: number][] = [[root, 0]];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = forward[top[0]]?.[top[1]++];
      if (next === undefined) order.push((stack.pop() as [number, number])[0]);
      else if (!seen[next]) {
        seen[next] = 1;
        stack.push([next, 0]);
      }
    }
  }
  return order;
}
