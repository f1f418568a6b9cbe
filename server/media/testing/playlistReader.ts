/** What a test reads of a media playlist. */
export interface ReadPlaylist {
  tags: Map<string, string[]>;
  segments: string[];
  mediaSequence: number;
}

export function readPlaylist(text: string): ReadPlaylist {
  const tags = new Map<string, string[]>();
  const segments: string[] = [];
  for (const line of text.trimEnd().split('\n')) {
    if (!line.startsWith('#')) {
      segments.push(line);
      continue;
    }
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    tags.set(name, [...(tags.get(name) ?? []), colon < 0 ? '' : line.slice(colon + 1)]);
  }
  return { tags, segments, mediaSequence: Number(tags.get('#EXT-X-MEDIA-SEQUENCE')?.[0]) };
}
