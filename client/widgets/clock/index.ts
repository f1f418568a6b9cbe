import { defineWidget } from '../../live/widget.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'clock',
  minArcmin: 16,
  settings,
  texts,
  isBleeding: true,
  facts: (_chosen, source) => ({ state: 'live', asOf: Math.floor(source.now / 1000) * 1000, provenance: null }),
  Widget,
});
