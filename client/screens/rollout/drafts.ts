import { createContext } from 'svelte';
import type { Draft } from './draft.ts';

/** What is typed into a form and not yet kept. */
export interface Typed {
  draft: Draft;
  reason: string;
}

/** Forms of this screen by what they change: another part may be looked at in between, and nothing typed is lost. */
export const [useDrafts, provideDrafts] = createContext<Map<string, Typed>>();
