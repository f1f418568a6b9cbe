import { defineWidget, factsOf } from '../../live/widget.ts';
import { focusOf } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'alert-focus',
  minArcmin: 16,
  settings,
  texts,
  facts(chosen, source) {
    const alert = focusOf(source.topic('alert').items, chosen.alert);
    return factsOf(source.topic('alert'), source, alert ? [alert] : []);
  },
  Widget,
});
