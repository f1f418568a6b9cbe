/** Looks at cameras as a page does, without a picture: a playlist each second, and every segment that is new. */
const [url = '', cookie = ''] = process.argv.slice(2);
const EVERY_MS = 1000;

/** Units: bytes of playlists and segments that came since the last question. */
export interface Seen {
  bytes: number;
  segments: number;
  refused: number;
}

let seen: Seen = { bytes: 0, segments: 0, refused: 0 };
const ended = new AbortController();

async function get(path: string): Promise<Buffer | undefined> {
  const answer = await fetch(`${url}/media/${path}`, { headers: { cookie }, signal: ended.signal });
  const body = Buffer.from(await answer.arrayBuffer());
  if (!answer.ok) return void seen.refused++;
  seen.bytes += body.length;
  return body;
}

async function look(camera: string): Promise<void> {
  let had = new Set<string>();
  while (!ended.signal.aborted) {
    const askedAt = performance.now();
    const names = ((await get(`${camera}/index.m3u8?parts=0`))?.toString() ?? '').match(/^[a-z].*\.m4s.*$/gm) ?? [];
    /** A page that comes begins with the newest. */
    const fresh = had.size === 0 ? names.slice(-1) : names.filter((name) => !had.has(name));
    for (const name of fresh) if (await get(`${camera}/${name}`)) seen.segments++;
    had = new Set(names);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, EVERY_MS - (performance.now() - askedAt))));
  }
}

process.on('message', (asked: readonly string[] | 'count') => {
  if (asked === 'count') {
    process.send!(seen);
    seen = { bytes: 0, segments: 0, refused: 0 };
    return;
  }
  for (const camera of asked) void look(camera).catch((error: unknown) => ended.signal.aborted || (console.error(error), process.exit(1)));
  process.send!('looking');
});
process.on('disconnect', () => {
  ended.abort();
  process.exit(0);
});
process.send!('here');
