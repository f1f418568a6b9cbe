import { createContext } from 'svelte';
import type { Live } from './live.svelte.ts';

const [open, setLive] = createContext<() => Live>();

/** Called once, at the root: how this page's one `Live` is opened when a screen first needs it. */
export { setLive };

/** The one `Live` of the page. Called while a component is created. */
export const useLive = (): Live => open()();
