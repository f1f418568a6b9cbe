import { defineWidget, factsOf, provenanceOf } from '../../live/widget.ts';
import { shownStatuses } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'indicator-board',
  minArcmin: 16,
  settings,
  texts,
  facts(chosen, source) {
    const { items, isReady, fault } = source.topic('red-status');
    const shown = shownStatuses(items, chosen);
    return { ...factsOf({ items: shown, isReady, fault }, source), provenance: provenanceOf(shown), hasNothing: shown.length === 0 };
  },
  Widget,
});
