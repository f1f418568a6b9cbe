import { defineWidget, factsOf } from '../../live/widget.ts';
import { chosenSensors } from '#contract/boards/gauges.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'sensor-board',
  minArcmin: 16,
  settings,
  texts,
  facts: (chosen, source) => factsOf(source.sensors(), source, chosenSensors(source.sensors().items, chosen)),
  Widget,
});
