import { fileURLToPath } from 'node:url';

/** Top folder of the product. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
