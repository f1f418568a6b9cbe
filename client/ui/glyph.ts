/** A priority as shape, numeral and colour together; never colour alone. */
export interface LevelGlyph {
  numeral: string;
  /** Path in a box of 24 × 24. */
  path: string;
  colour: string;
  token: string;
  /** Middle of the numeral in the same box. */
  numeralY: number;
}

/** ▲1 ◆2 ■3 ●4, in the order of urgency. */
export const LEVEL_GLYPHS: Readonly<Record<1 | 2 | 3 | 4, LevelGlyph>> = {
  1: { numeral: '1', path: 'M12 1 23.5 22H.5Z', colour: '#ff4d4f', token: 'var(--p1)', numeralY: 15.5 },
  2: { numeral: '2', path: 'M12 .5 23.5 12 12 23.5.5 12Z', colour: '#ff9f1c', token: 'var(--p2)', numeralY: 12.4 },
  3: { numeral: '3', path: 'M2 2H22V22H2Z', colour: '#ffd84d', token: 'var(--p3)', numeralY: 12.4 },
  4: { numeral: '4', path: 'M12 1A11 11 0 1 1 12 23 11 11 0 1 1 12 1Z', colour: '#4cc9f0', token: 'var(--p4)', numeralY: 12.4 },
};
