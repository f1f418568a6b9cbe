import { defineWidget } from '../../live/widget.ts';
import { stillFacts } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'pdf-page',
  minArcmin: 16,
  settings,
  texts,
  facts: ({ src }, source) => stillFacts(src, source),
  Widget,
});
