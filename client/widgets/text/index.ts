import { defineWidget } from '../../live/widget.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';
import { wholeSecond } from '../../live/second.ts';

export default defineWidget({
  name: 'text',
  minArcmin: 16,
  settings,
  texts,
  facts: (chosen, source) => ({ state: chosen.vi || chosen.en ? 'live' : 'empty', asOf: wholeSecond(source.now), provenance: 'manual' }),
  Widget,
});
