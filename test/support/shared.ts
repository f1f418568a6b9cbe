import { inject } from 'vitest';
import type { SharedName } from './stage.ts';

/** A product that test files share. Fails: throws with its log when it does not start. */
export async function sharedProduct(name: SharedName): Promise<{ url: string }> {
  const answer = await fetch(`${inject('stage')}/${name}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return { url: text };
}
