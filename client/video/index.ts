export { decodableCodecs } from './capability.ts';
export { default as CameraTile } from './CameraTile.svelte';
export { worstOf } from './choose.ts';
export type { PlayerMode } from './hlsSettings.ts';
export { createPlayer, type Player, type PlayerDeps } from './player.ts';
export { createPlayerPool, pagePool, type PlayerPool, type PlayerPoolOptions, type PoolSeat } from './pool.ts';
export type { PictureRole } from './share.ts';
export { createTruth, observe, TRUTH_LIMITS, type Observation, type PictureState, type PictureTruth, type TruthLimits, type TruthMemory } from './truth.ts';
