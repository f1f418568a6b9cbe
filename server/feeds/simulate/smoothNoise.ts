import type { Random } from '../../kernel/random.ts';

/** A smooth curve of chance over one number: 0 to 1, changing within about 1 of `x`. */
export function smoothNoise(random: Random): (label: string, x: number) => number {
  const known = new Map<string, number>();
  const at = (name: string): number => {
    const value = known.get(name) ?? random.fork(name).next();
    if (known.size > 20_000) known.clear();
    known.set(name, value);
    return value;
  };
  return (label, x) => {
    const whole = Math.floor(x);
    const ease = (1 - Math.cos((x - whole) * Math.PI)) / 2;
    const [from, to] = [at(`${label}/${whole}`), at(`${label}/${whole + 1}`)];
    return from + (to - from) * ease;
  };
}
