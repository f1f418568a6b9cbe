import { createContext } from 'svelte';
import type { Live } from './live.svelte.ts';

/** The one `Live` of the page, for screens. */
export const [useLive, setLive] = createContext<Live>();
