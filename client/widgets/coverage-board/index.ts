import { defineWidget, factsOf } from '../../live/widget.ts';
import { statusesOf, USUAL } from '#contract/boards/coverage.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'coverage-board',
  minArcmin: 16,
  settings,
  texts,
  facts(chosen, source) {
    const { items, isReady, fault } = source.topic('red-status');
    return factsOf({ items: statusesOf(items, chosen.kinds ?? USUAL), isReady, fault }, source);
  },
  Widget,
});
