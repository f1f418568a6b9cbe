import origins from '../import/origins.json' with { type: 'json' };

/** Stands on every map and in every export that shows one. */
export const attribution: string = origins.attribution;
