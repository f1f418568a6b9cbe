import { isDiskShort } from '#contract/boards/disk.ts';
import type { SystemState } from '#contract/system.ts';

/** What may be wrong with the installation itself. */
export type Ill = 'disk' | 'backup' | 'wake' | 'line' | 'clock' | 'cameras' | 'feeds' | 'above' | 'nodes';

/** What the installation knows of itself. Units: ms, shares 0 to 1. */
export interface SelfView {
  disk: SystemState['disk'];
  /** Real time. */
  now: number;
  backupFault: string | null;
  /** Null while no wake-up arrives, undefined where there is none. */
  wakeLagMs: number | null | undefined;
  line: SystemState['line'];
  clockOffsetMs: number | null;
  cameras: { looked: number; down: number };
  feeds: { all: number; down: number };
  /** The link to the centre above while it fails; null while it passes or there is none. */
  above: { lostMs: number; waiting: number } | null;
  /** Names of servers that fell silent. */
  lostNodes: readonly string[];
}

const LATE_WAKE_MS = 2000;
const MOST_OFFSET_MS = 2000;
const LEAST_CAMERAS = 5;
const CAMERA_SHARE = 0.2;
const LEAST_FEEDS = 2;
const FEED_SHARE = 0.5;
const LINK_GRACE_MS = 60_000;

/** What is wrong now, each with the figure that says so. A share of few counts for nothing. */
export function illsOf({ disk, now, backupFault, wakeLagMs, line, clockOffsetMs, cameras, feeds, above, lostNodes }: SelfView): Map<Ill, string> {
  const ills = new Map<Ill, string>();
  if (disk && isDiskShort(disk, now)) ills.set('disk', `${Math.round((disk.freeBytes / disk.totalBytes) * 100)} %`);
  if (backupFault !== null) ills.set('backup', backupFault.slice(0, 200));
  if (wakeLagMs === null || (wakeLagMs ?? 0) > LATE_WAKE_MS) ills.set('wake', wakeLagMs === null ? '–' : `${Math.round(wakeLagMs ?? 0)} ms`);
  if (line === 'down') ills.set('line', 'Redis');
  if (clockOffsetMs !== null && Math.abs(clockOffsetMs) > MOST_OFFSET_MS) ills.set('clock', `${Math.round(clockOffsetMs)} ms`);
  if (cameras.looked >= LEAST_CAMERAS && cameras.down / cameras.looked > CAMERA_SHARE) ills.set('cameras', `${cameras.down}/${cameras.looked}`);
  if (feeds.down >= LEAST_FEEDS && feeds.down / feeds.all > FEED_SHARE) ills.set('feeds', `${feeds.down}/${feeds.all}`);
  if (above !== null && above.lostMs > LINK_GRACE_MS) ills.set('above', `${above.waiting}`);
  if (lostNodes.length > 0) ills.set('nodes', lostNodes.join(', ').slice(0, 200));
  return ills;
}
