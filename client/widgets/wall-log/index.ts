import { defineWidget } from '../../live/widget.ts';
import { logFacts, toldLines } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'wall-log',
  minArcmin: 16,
  settings,
  texts,
  facts(chosen, source) {
    const reading = source.wallLog(chosen.wall ?? null);
    return logFacts(reading, toldLines(reading.items).length, source);
  },
  Widget,
});
