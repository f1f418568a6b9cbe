/** Where a display stands on the desktop. Units: CSS pixels. */
export interface Display {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Displays of this machine by the Window Management API; none where the browser has no such API. Fails: rejects when a person or a policy refuses. */
export async function displaysOf(page: object): Promise<readonly Display[]> {
  const ask = (page as { getScreenDetails?: () => Promise<{ screens: readonly Display[] }> }).getScreenDetails;
  return ask ? (await ask.call(page)).screens : [];
}
