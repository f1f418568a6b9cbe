import { defineWidget } from '../../live/widget.ts';
import { chosenShare } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'shared-screen',
  minArcmin: 16,
  settings,
  texts,
  isBleeding: true,
  facts(chosen, source) {
    const { items, fault, isReady } = source.shares();
    const asOf = source.isOnline ? Math.floor(source.now / 1000) * 1000 : source.heardAt;
    if (fault) return { state: 'refused', asOf, provenance: null };
    if (!isReady) return { state: 'loading', asOf: null, provenance: null };
    if (source.past) return { state: 'lost', asOf, provenance: null };
    if (!chosenShare(items, chosen)) return { state: 'empty', asOf, provenance: null };
    return { state: source.isOnline ? 'live' : 'stale', asOf, provenance: null };
  },
  Widget,
});
