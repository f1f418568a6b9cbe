import { defineWidget, factsOf } from '../../live/widget.ts';
import { newestDocuments } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'document-list',
  minArcmin: 16,
  settings,
  texts,
  facts: (chosen, source) => factsOf(source.topic('document'), source, newestDocuments(source.topic('document').items, chosen)),
  Widget,
});
