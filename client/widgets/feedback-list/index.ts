import { defineWidget, factsOf } from '../../live/widget.ts';
import { openFeedback } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'feedback-list',
  minArcmin: 16,
  settings,
  texts,
  facts: (chosen, source) => factsOf(source.topic('feedback'), source, openFeedback(source.topic('feedback').items, chosen, source.now)),
  Widget,
});
