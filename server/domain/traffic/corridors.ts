import type { CorridorNow } from '#contract/traffic.ts';

/** A stretch of a named street with its speeds; `speedKmh` is null where nothing was measured. */
export interface CorridorPiece {
  name: string;
  lengthM: number;
  freeFlowKmh: number;
  typicalKmh: number;
  speedKmh: number | null;
}

const LEAST_COVERED = 0.3;
const LEAST_LENGTH_M = 800;
const LEAST_KMH = 3;

const seconds = (lengthM: number, kmh: number): number => lengthM / (Math.max(LEAST_KMH, kmh) / 3.6);

/** Travel times along named streets, the longest delay first. What was not measured is taken as typical. */
export function corridorsOf(pieces: readonly CorridorPiece[]): CorridorNow[] {
  const byName = new Map<string, CorridorPiece[]>();
  for (const piece of pieces) byName.set(piece.name, [...(byName.get(piece.name) ?? []), piece]);
  return [...byName]
    .map(([name, all]): CorridorNow => {
      const sum = (of: (piece: CorridorPiece) => number): number => all.reduce((total, piece) => total + of(piece), 0);
      const lengthM = sum((piece) => piece.lengthM);
      return {
        name,
        lengthM,
        covered: sum((piece) => (piece.speedKmh === null ? 0 : piece.lengthM)) / lengthM,
        seconds: sum((piece) => seconds(piece.lengthM, piece.speedKmh ?? piece.typicalKmh)),
        typicalSeconds: sum((piece) => seconds(piece.lengthM, piece.typicalKmh)),
        freeSeconds: sum((piece) => seconds(piece.lengthM, piece.freeFlowKmh)),
      };
    })
    .filter(({ covered, lengthM }) => covered >= LEAST_COVERED && lengthM >= LEAST_LENGTH_M)
    .sort((a, b) => b.seconds - b.typicalSeconds - (a.seconds - a.typicalSeconds));
}
