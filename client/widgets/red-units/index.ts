import { defineWidget, factsOf } from '../../live/widget.ts';
import { redUnits } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'red-units',
  minArcmin: 16,
  settings,
  texts,
  facts(chosen, source) {
    const facts = factsOf(source.topic('indicator'), source);
    const isCalm = redUnits(source.topic('indicator').items, chosen).length === 0;
    return { ...facts, state: facts.state === 'live' && isCalm ? 'empty' : facts.state };
  },
  Widget,
});
