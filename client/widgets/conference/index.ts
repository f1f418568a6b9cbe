import { pictureFacts } from '../../live/past/cameraAddress.ts';
import { defineWidget, factsOf } from '../../live/widget.ts';
import { conferenceCamera } from './model.ts';
import { settings } from './settings.ts';
import { texts } from './texts.ts';
import Widget from './Widget.svelte';

export default defineWidget({
  name: 'conference',
  minArcmin: 16,
  settings,
  texts,
  hasOwnBadge: true,
  facts(chosen, source) {
    const cameras = conferenceCamera(source.topic('camera').items, chosen);
    return pictureFacts(factsOf(source.topic('camera'), source, cameras), source, cameras);
  },
  Widget,
});
