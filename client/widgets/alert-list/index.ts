import { defineWidget, factsOf } from '../../live/widget.ts';
import { openAlerts } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'alert-list',
  minArcmin: 16,
  settings,
  texts,
  facts: (chosen, source) => factsOf(source.topic('alert'), source, openAlerts(source.topic('alert').items, chosen, source.now)),
  Widget,
});
