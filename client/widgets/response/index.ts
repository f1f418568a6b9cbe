import { defineWidget, factsOf } from '../../live/widget.ts';
import { alertOf } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'response',
  minArcmin: 16,
  settings,
  texts,
  facts(chosen, source) {
    const alert = alertOf(source.topic('alert').items, chosen.alert);
    source.topic('handling-request');
    return factsOf(source.topic('alert'), source, alert ? [alert] : []);
  },
  Widget,
});
