import { defineWidget, factsOf } from '../../live/widget.ts';
import { nextDeadline } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'countdown',
  minArcmin: 16,
  settings,
  texts,
  facts(chosen, source) {
    const reading = source.topic('handling-request');
    const facts = factsOf(reading, source);
    if (chosen.at !== undefined || chosen.weekly) return { ...facts, state: source.isOnline ? 'live' : 'stale', provenance: null };
    return { ...facts, state: facts.state === 'live' && !nextDeadline(reading.items, chosen, source.now) ? 'empty' : facts.state };
  },
  Widget,
});
