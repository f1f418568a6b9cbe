import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { StoryContext } from '../wall/story.ts';
import type { OutputHealth, OutputReport, Salvo, Scene, ScheduledWall, Tour, WallAct, WallProfile } from '#contract/wall.ts';

/** Walls, what they show, and who changed it. */
export interface WallsPort {
  profiles(): WallProfile[];
  scenes(): Scene[];
  tours(): Tour[];
  salvos(): Salvo[];
  /** Fails: WALL_UNKNOWN. */
  current(wall: string): Outcome<ScheduledWall>;
  /** Fails: WALL_UNKNOWN, WALL_TAKEN, WALL_SCENE. */
  act(actor: Principal, wall: string, act: WallAct, why: string, story?: StoryContext): Promise<Outcome<ScheduledWall>>;
  take(actor: Principal, wall: string, isForced: boolean): Promise<Outcome<ScheduledWall>>;
  release(actor: Principal, wall: string): Promise<Outcome<ScheduledWall>>;
  report(client: string, report: OutputReport): void;
  forget(client: string): void;
  outputs(): OutputHealth[];
  /** Outputs that speak to this server, as told to the others. */
  ownOutputs(): OutputHealth[];
  hearOutputs(elsewhere: readonly OutputHealth[]): void;
  /** State of a wall at a moment of the past, from its own log. Fails: WALL_UNKNOWN, NOT_FOUND. */
  stateAt(wall: string, at: number): Promise<Outcome<ScheduledWall>>;
  follow(listener: (change: ScheduledWall) => void): () => void;
}
