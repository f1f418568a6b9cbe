import { redRows } from '#contract/boards/reds.ts';
import { defineWidget, factsOf, provenanceOf } from '../../live/widget.ts';
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
    const rows = redRows(items, chosen.codes);
    return { ...factsOf({ items: rows, isReady, fault }, source), provenance: provenanceOf(rows) };
  },
  Widget,
});
