import type { Position } from './position.ts';

/** A named place of the city: a hospital, a school, a bridge, a bus stop. `class` is OpenStreetMap's word for it. */
export interface Place {
  id: string;
  name: string;
  class: string;
  rank: 1 | 2 | 3;
  position: Position;
  ward?: string;
}

/** A crossing with a name, where a camera or a patrol may stand. */
export interface Junction {
  id: string;
  name: string;
  streets: string[];
  position: Position;
  ward?: string;
  hasSignals: boolean;
}

/** A house on the ground. Shape: outer ring only. Units: metres. */
export interface Building {
  id: string;
  name?: string;
  heightM?: number;
  ring: Position[];
}
