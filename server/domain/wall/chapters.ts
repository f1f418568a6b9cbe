import type { PastWall } from '#contract/past.ts';

/** What stood on the wall for shorter than this is no chapter. Units: ms. */
const SHORTEST_MS = 5000;

/** A part of a meeting: one picture of the wall, from when to when. */
export interface Chapter {
  from: number;
  until: number;
  line: PastWall;
}

/** Two lines of one picture: a story's step, an alert's composition, or a scene. */
const pictureKey = ({ state: { scene, story, composed } }: PastWall): string => `${story ? `${story.run}/${story.step}` : scene}|${composed?.alert ?? ''}`;

/** How long a run of a scenario stood on a wall: from its first picture until what came after its last. Undefined when it never did. */
export function stretchOf(lines: readonly PastWall[], run: string, until: number): Pick<Chapter, 'from' | 'until'> | undefined {
  const inOrder = [...lines].sort((a, b) => a.at - b.at || a.rev - b.rev);
  const isOfRun = ({ state }: PastWall) => state.story?.run === run;
  const first = inOrder.find(isOfRun);
  return first && { from: first.at, until: inOrder[inOrder.findLastIndex(isOfRun) + 1]?.at ?? until };
}

/** Chapters of a wall between two moments, in order. Each holds the last line of its picture; glimpses are left out unless nothing else was shown. */
export function chaptersOf(lines: readonly PastWall[], from: number, until: number): Chapter[] {
  const chapters: Chapter[] = [];
  for (const line of [...lines].sort((a, b) => a.at - b.at || a.rev - b.rev).filter(({ at }) => at < until)) {
    const last = chapters.at(-1);
    const at = Math.max(from, line.at);
    if (last && pictureKey(last.line) === pictureKey(line)) last.line = line;
    else {
      if (last) last.until = at;
      chapters.push({ from: at, until, line });
    }
  }
  const seen = chapters.filter((chapter) => chapter.until - chapter.from >= SHORTEST_MS);
  return seen.length > 0 ? seen : chapters.slice(-1);
}
