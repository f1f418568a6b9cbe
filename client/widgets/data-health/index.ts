import { defineWidget } from '../../live/widget.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'data-health',
  minArcmin: 16,
  settings,
  texts,
  facts(_chosen, source) {
    const { items, isReady, fault } = source.feeds();
    const asOf = source.isOnline ? Math.floor(source.now / 1000) * 1000 : source.heardAt;
    const isNotKept = fault?.code === 'REPLAY_NOT_KEPT';
    if (fault) return { state: isNotKept ? 'empty' : 'refused', asOf: isNotKept ? null : asOf, provenance: null, isNotKept };
    return { state: !source.isOnline && isReady ? 'stale' : !isReady ? 'loading' : items.length === 0 ? 'empty' : 'live', asOf, provenance: null };
  },
  Widget,
});
