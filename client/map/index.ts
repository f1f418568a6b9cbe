export { hasRoomForMap } from './glMap.ts';
export { createMapHost, type MapHost, type MapHostOptions, type MapPick } from './mapHost.ts';
export { EMPTY_SNAPSHOT, type AlertMark, type CameraMark, type FeedbackMark, type MapSnapshot, type SensorMark, type StreetMark } from './snapshot.ts';
export { default as NationalInset } from './NationalInset.svelte';
