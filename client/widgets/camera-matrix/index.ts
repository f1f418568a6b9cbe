import { defineWidget, factsOf } from '../../live/widget.ts';
import { camerasOf } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'camera-matrix',
  minArcmin: 16,
  settings,
  texts,
  hasOwnBadge: true,
  facts: (chosen, source) => factsOf(source.topic('camera'), source, camerasOf(source.topic('camera').items, chosen)),
  Widget,
});
