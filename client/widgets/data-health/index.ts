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
    const { items, isReady } = source.feeds();
    const asOf = source.isOnline ? Math.floor(source.now / 1000) * 1000 : source.heardAt;
    return { state: !source.isOnline && isReady ? 'stale' : !isReady ? 'loading' : items.length === 0 ? 'empty' : 'live', asOf, provenance: null };
  },
  Widget,
});
