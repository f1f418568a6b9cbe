import { existsSync, readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

interface Stat {
  pid: number;
  parent: number;
  /** Of the process and of the children it has waited for. Units: ms of processor time. */
  cpuMs: number;
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { pid, parent: Number(fields[1]), cpuMs: ticks * TICK_MS };
  } catch {
    // It ended between the listing and the look.
    return undefined;
  }
}

/** Processor time of a process and of everything below it: what work costs, however busy the machine is. Fails: NaN where the system does not tell. Units: ms. */
export function cpuOfTree(root: number): number {
  if (!existsSync('/proc')) return Number.NaN;
  const stats = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => statOf(Number(name)) ?? []);
  const inside = new Set([root]);
  for (let grown = true; grown; ) {
    const before = inside.size;
    for (const { pid, parent } of stats) if (inside.has(parent)) inside.add(pid);
    grown = inside.size > before;
  }
  return stats.filter(({ pid }) => inside.has(pid)).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}
