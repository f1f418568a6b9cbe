import { defineWidget, movingProvenance } from '../../live/widget.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

/** Speed figures older than this are not the present. */
const STALE_AFTER_MS = 120_000;

export default defineWidget({
  name: 'traffic-state',
  minArcmin: 16,
  settings,
  texts,
  facts(_chosen, source) {
    const { columns, isReady, fault } = source.moving('traffic');
    if (fault) return { state: 'refused', asOf: null, provenance: null };
    if (!isReady && columns.count === 0) return { state: source.isOnline ? 'loading' : 'stale', asOf: null, provenance: null };
    // Nothing was kept of that moment.
    if (columns.at === 0) return { state: 'empty', asOf: null, provenance: null };
    const isOld = source.serverNow() - columns.at > STALE_AFTER_MS;
    return { state: !source.isOnline || isOld ? 'stale' : columns.count === 0 ? 'empty' : 'live', asOf: columns.at, provenance: movingProvenance(source) };
  },
  Widget,
});
