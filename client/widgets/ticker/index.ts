import { defineWidget, factsOf } from '../../live/widget.ts';
import { linesOf } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'ticker',
  minArcmin: 16,
  settings,
  texts,
  facts(chosen, source) {
    const facts = factsOf(source.topic('alert'), source);
    return facts.state === 'live' && linesOf(source.topic('alert').items, chosen).length === 0 ? { ...facts, state: 'empty' } : facts;
  },
  Widget,
});
