import { defineWidget, factsOf } from '../../live/widget.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'dossier-board',
  minArcmin: 16,
  settings,
  texts,
  facts: (_chosen, source) => factsOf(source.topic('dossier'), source),
  Widget,
});
