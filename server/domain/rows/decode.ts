/** Text of a file, with what was guessed about its encoding. */
export interface Decoded {
  text: string;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258';
  /** The encoding was guessed: a person should look at the accents. */
  isGuess: boolean;
}

/** Reads bytes as text: by byte order mark, then strictly as UTF-8, else as windows-1258, the old Vietnamese code page, which is flagged. */
export function decode(bytes: Uint8Array): Decoded {
  const mark = markOf(bytes);
  if (mark) return { text: new TextDecoder(mark).decode(bytes).normalize('NFC'), encoding: mark, isGuess: false };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes).normalize('NFC'), encoding: 'utf-8', isGuess: false };
  } catch {
    return { text: new TextDecoder('windows-1258').decode(bytes).normalize('NFC'), encoding: 'windows-1258', isGuess: true };
  }
}

function markOf([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}
