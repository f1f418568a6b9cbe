import { defineWidget } from '../../live/widget.ts';
import { deviceFacts } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'capture-card',
  minArcmin: 16,
  settings,
  texts,
  isBleeding: true,
  facts: ({ device }, source) => deviceFacts(device, source),
  Widget,
});
