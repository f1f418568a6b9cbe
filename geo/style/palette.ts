import palette from './palette.json' with { type: 'json' };

/** Which room the map is for: the dark wall or a light desk. */
export type MapTheme = 'dark' | 'light';

/** The colours of one theme by what they paint. */
export type MapColours = (typeof palette)['dark'];

/** The colours of a theme. */
export function coloursOf(theme: MapTheme): MapColours {
  return palette[theme];
}
