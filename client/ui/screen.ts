import type { Component } from 'svelte';

/** A page a person opens: one folder of `client/screens`, named as the first part of its address. */
export interface Screen {
  Page: Component<{ rest: readonly string[] }> | Component;
  /** The page goes from thing to thing by itself and keeps what was typed; any other page begins anew at every address. */
  followsRest?: boolean;
}

/** The screen of an address and what follows its name: `/wall/w2x2/r1c1` is `wall` with `w2x2`, `r1c1`. */
export function addressOf(path: string): { screen: string; rest: string[] } {
  const [screen = 'home', ...rest] = path.split('/').filter(Boolean).map(decodeURIComponent);
  return { screen, rest };
}
