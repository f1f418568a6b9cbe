import type { Output, WallProfile } from '#contract/wall.ts';

/** One browser window of a wall as it is started. */
export interface BrowserCommand {
  output: string;
  args: string[];
}

export interface LaunchPlan {
  profile: WallProfile;
  url: string;
  /** Where the profiles of the windows are kept. */
  profileFolder: string;
  /** Folder separator of the machine that will run it. */
  separator: '/' | '\\';
  /** Corner of the wall on the desktop of the machine. Units: desktop pixels. */
  origin: { x: number; y: number };
}

const ALWAYS = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-session-crashed-bubble',
  '--disable-infobars',
  '--noerrdialogs',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--autoplay-policy=no-user-gesture-required',
  '--auto-accept-camera-and-microphone-capture',
  '--disable-features=Translate,WebRtcHideLocalIpsWithMdns',
  '--overscroll-history-navigation=0',
  '--force-device-scale-factor=1',
];

/** Desktop places: displays stand side by side, so the gaps for bezels are taken out again. */
export function desktopPlace(outputs: readonly Output[], { rect }: Output): { x: number; y: number } {
  const before = (axis: 'x' | 'y', length: 'width' | 'height') => {
    const columns = new Map(outputs.filter((other) => other.rect[axis] < rect[axis]).map((other) => [other.rect[axis], other.rect[length]]));
    return [...columns.values()].reduce((sum, size) => sum + size, 0);
  };
  return { x: before('x', 'width'), y: before('y', 'height') };
}

/** One kiosk window per output, each with its own profile, on its own display. */
export function browserCommands({ profile, url, profileFolder, separator, origin }: LaunchPlan): BrowserCommand[] {
  return profile.outputs.map((output) => {
    const place = desktopPlace(profile.outputs, output);
    const page = `${url.replace(/\/$/, '')}/wall/${profile.id}/${output.id}`;
    return {
      output: output.id,
      args: [
        '--kiosk',
        `--app=${page}`,
        `--user-data-dir=${profileFolder}${separator}${profile.id}-${output.id}`,
        `--window-position=${origin.x + place.x},${origin.y + place.y}`,
        `--window-size=${output.rect.width},${output.rect.height}`,
        ...ALWAYS,
      ],
    };
  });
}

/** A command line a person can read and paste into a POSIX shell. */
export const shellLine = (browser: string, { args }: BrowserCommand): string => [browser, ...args].map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", `'\\''`)}'`)).join(' ');
