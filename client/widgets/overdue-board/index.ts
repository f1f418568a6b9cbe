import { defineWidget, factsOf, provenanceOf } from '../../live/widget.ts';
import { workOf } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'overdue-board',
  minArcmin: 16,
  settings,
  texts,
  facts(chosen, source) {
    const work = workOf(source.topic('handling-request').items, source.topic('feedback').items, chosen);
    const facts = chosen.about === 'feedback' ? factsOf(source.topic('feedback'), source) : factsOf(source.topic('handling-request'), source);
    const shown = work.some((one) => one.dueAt < source.now) ? 'live' : 'empty';
    return { ...facts, state: facts.state === 'live' || facts.state === 'empty' ? shown : facts.state, provenance: provenanceOf(work) };
  },
  Widget,
});
