import { bothOf, defineWidget, factsOf, movingProvenance, provenanceOf } from '../../live/widget.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'map',
  minArcmin: 16,
  settings,
  texts,
  isBleeding: true,
  isKept: true,
  facts(chosen, source) {
    const alerts = source.topic('alert');
    const shown = [...(chosen.alerts === false ? [] : alerts.items), ...(chosen.feedback === false ? [] : source.topic('feedback').items)];
    const isMoving = chosen.vehicles !== false || chosen.traffic !== false;
    const facts = factsOf(alerts, source);
    return { ...facts, state: facts.state === 'empty' ? 'live' : facts.state, provenance: bothOf(provenanceOf(shown), isMoving ? movingProvenance(source) : null) };
  },
  Widget,
});
