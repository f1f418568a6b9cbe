import { defineWidget, factsOf, provenanceOf } from '../../live/widget.ts';
import { redRows } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'red-units',
  minArcmin: 16,
  settings,
  texts,
  facts(chosen, source) {
    const { items, isReady, fault } = source.topic('red-status');
    const rows = redRows(items, chosen);
    return { ...factsOf({ items: rows, isReady, fault }, source), provenance: provenanceOf(rows) };
  },
  Widget,
});
