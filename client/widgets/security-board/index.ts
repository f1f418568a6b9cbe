import { defineWidget, factsOf } from '../../live/widget.ts';
import { eventsOf } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'security-board',
  minArcmin: 16,
  settings,
  texts,
  facts: (chosen, source) => factsOf(source.topic('security-event'), source, eventsOf(source.topic('security-event').items, source.now, chosen.most ?? 4).events),
  Widget,
});
