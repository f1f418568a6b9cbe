import type { TileFacts } from '../../live/widget.ts';
import type { WidgetSource } from '../../live/source.ts';
import { wholeSecond } from '../../live/second.ts';

/** How the device of this machine stands. */
export type DeviceState = 'opening' | 'live' | 'lost' | 'refused' | 'elsewhere';

/** A device is there, or not; the server has no part in it but that it says when the wall is cut off. */
export function deviceFacts(device: string | undefined, source: Pick<WidgetSource, 'isOnline' | 'now' | 'heardAt' | 'past'>): TileFacts {
  const asOf = source.isOnline ? wholeSecond(source.now) : source.heardAt;
  if (device === undefined) return { state: 'empty', asOf: null, provenance: null };
  if (source.past) return { state: 'lost', asOf, provenance: null };
  return { state: source.isOnline ? 'live' : 'stale', asOf, provenance: null };
}

/** The video device whose name holds these words, whatever the case. */
export const deviceNamed = <D extends Pick<MediaDeviceInfo, 'kind' | 'label'>>(devices: readonly D[], words: string): D | undefined =>
  devices.find(({ kind, label }) => kind === 'videoinput' && label.toLocaleLowerCase('vi').includes(words.toLocaleLowerCase('vi')));

/** Whether this page may open a device without asking anybody: only windows of a wall do. A desk's preview must never light its own camera. */
export const isOwnMachine = (path: string): boolean => /^\/wall\/[^/]+\/./.test(path);
