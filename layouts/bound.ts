const NAMED = /^\$(thing|camera):(.+)$/;

/** The id a name of a scenario has here; undefined while there is none. */
export type IdOf = (kind: 'thing' | 'camera', ref: string) => string | undefined;

/** Settings of a tile with ids in place of `$thing:<ref>` (what was sent) and `$camera:<ref>` (a camera by the name its source gives it); what has no id is left out. */
export function bound(value: unknown, idOf: IdOf): unknown {
  if (Array.isArray(value)) return value.map((inner) => bound(inner, idOf)).filter((inner) => inner !== undefined);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).flatMap(([name, inner]) => {
    const filled = bound(inner, idOf);
    return filled === undefined ? [] : [[name, filled]];
  }));
  const [, kind, ref] = (typeof value === 'string' && NAMED.exec(value)) || [];
  return ref === undefined ? value : idOf(kind as 'thing' | 'camera', ref);
}

/** Names of the cameras that settings speak of, each once. */
export function cameraRefsIn(value: unknown): string[] {
  const refs = new Set<string>();
  bound(value, (kind, ref) => void (kind === 'camera' && refs.add(ref)));
  return [...refs];
}
