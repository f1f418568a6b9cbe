/** One time in which something was ĐỎ. Units: epoch ms; `endedAt` null = still. */
export interface RedEpisode {
  ref: string;
  unit: string | null;
  title: string;
  beganAt: number;
  endedAt: number | null;
}

const isRedAt = ({ beganAt, endedAt }: RedEpisode, at: number) => beganAt <= at && (endedAt === null || endedAt > at);

/** What moved between two moments: ĐỎ at the first only, at the second only, at both. The episode shown is the one that counts at the later moment. */
export function movementOf(episodes: readonly RedEpisode[], from: number, to: number): { cleared: RedEpisode[]; new: RedEpisode[]; still: RedEpisode[] } {
  const before = new Map(episodes.filter((one) => isRedAt(one, from)).map((one) => [one.ref, one]));
  const after = new Map(episodes.filter((one) => isRedAt(one, to)).map((one) => [one.ref, one]));
  return {
    cleared: [...before.values()].filter(({ ref }) => !after.has(ref)),
    new: [...after.values()].filter(({ ref }) => !before.has(ref)),
    still: [...after.values()].filter(({ ref }) => before.has(ref)),
  };
}
