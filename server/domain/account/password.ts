import refusedWords from './refusedPasswords.json' with { type: 'json' };

/** Shortest password. Units: characters. */
export const PASSWORD_MIN_LENGTH = 12;
const OWN_CHARACTERS = 5;
const RUN_LENGTH = 3;

/**
 * True when a password is too short or easy to guess: once the words everybody tries, the user's own name, runs like
 * `1234` and repeats are taken away, too little of its own is left.
 */
export function isPasswordWeak(password: string, user: string): boolean {
  if ([...password].length < PASSWORD_MIN_LENGTH) return true;
  const folded = fold(password);
  const words = [...refusedWords.words, ...user.split(/[^\p{L}\p{N}]+/u)].map(fold).filter((word) => word.length >= RUN_LENGTH);
  const bare = words.sort((a, b) => b.length - a.length).reduce((rest, word) => rest.replaceAll(word, ' '), folded);
  return new Set(withoutRuns(bare).replaceAll(' ', '')).size < OWN_CHARACTERS;
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
}

function withoutRuns(text: string): string {
  const chars = [...text];
  const isRun = (index: number) => {
    const run = chars.slice(index, index + RUN_LENGTH).join('');
    return run.length === RUN_LENGTH && (new Set(run).size === 1 || refusedWords.sequences.some((sequence) => sequence.includes(run)));
  };
  return chars.filter((_, index) => ![index - 2, index - 1, index].some((start) => start >= 0 && isRun(start))).join('');
}
