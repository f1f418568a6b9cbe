import { defineWidget } from '../../live/widget.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'text',
  minArcmin: 16,
  settings,
  texts,
  facts: (chosen, source) => ({ state: chosen.vi || chosen.en ? 'live' : 'empty', asOf: Math.floor(source.now / 1000) * 1000, provenance: 'manual' }),
  Widget,
});
