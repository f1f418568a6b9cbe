/** One word for several pictures: live while any of them is. */
export function worstOf<State extends string>(states: readonly State[]): State | 'live' | 'loading' {
  if (states.includes('live' as State)) return 'live';
  return states.find((state) => state !== 'loading') ?? 'loading';
}
