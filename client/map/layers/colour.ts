/** Red, green, blue, opacity of a token, as deck.gl takes colours. */
export type Rgba = [number, number, number, number];

export const COLOURS = {
  field: [20, 25, 30, 235],
  text: [230, 234, 238, 255],
  second: [170, 180, 190, 255],
  normal: [139, 152, 165, 255],
  p1: [255, 77, 79, 255],
  p2: [255, 159, 28, 255],
  p3: [255, 216, 77, 255],
  p4: [76, 201, 240, 255],
} as const satisfies Record<string, Rgba>;

export const LEVEL_COLOURS: Record<1 | 2 | 3 | 4, Rgba> = { 1: COLOURS.p1, 2: COLOURS.p2, 3: COLOURS.p3, 4: COLOURS.p4 };

/** The same colour, thinner. */
export const faded = ([red, green, blue]: Readonly<Rgba>, opacity: number): Rgba => [red, green, blue, opacity];
