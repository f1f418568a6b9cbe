import type { Layer } from '@deck.gl/core';
import type { IconAtlas } from './iconAtlas.ts';
import { alertLayers } from './layers/alerts.ts';
import { cameraLayers } from './layers/cameras.ts';
import { feedbackLayers } from './layers/feedback.ts';
import { highlightLayers } from './layers/highlight.ts';
import { sensorLayers } from './layers/sensors.ts';
import { streetLayers } from './layers/streets.ts';
import { createVehicleLayers } from './layers/vehicles.ts';
import type { Drawing, MapSnapshot } from './snapshot.ts';

/** Builds the layers of a map; those whose part of the snapshot did not change are handed out again as they are. */
export interface LayerSet {
  layersOf(snapshot: MapSnapshot, drawing: Drawing): Layer[];
}

/** Chips are laid out anew this often per zoom level. */
const CHIP_STEPS = 4;

export function createLayerSet(atlas: IconAtlas): LayerSet {
  const made = new Map<string, { from: readonly unknown[]; layers: Layer[] }>();
  const vehicles = createVehicleLayers(atlas);

  const keep = (name: string, from: readonly unknown[], make: () => Layer[]): Layer[] => {
    const known = made.get(name);
    if (known && known.from.every((value, index) => Object.is(value, from[index]))) return known.layers;
    const layers = make();
    made.set(name, { from, layers });
    return layers;
  };

  return {
    layersOf(snapshot, drawing) {
      const { glyphPx, isPickable, isFlashOn } = drawing;
      const level = Math.floor(drawing.zoom);
      const closeness = Math.round(drawing.zoom * CHIP_STEPS) / CHIP_STEPS;
      const isClose = drawing.zoom >= 13.5;
      if (!snapshot.vehicles) vehicles.forget();
      const flash = snapshot.alerts.some((alert) => alert.level === 1 && !alert.isAcknowledged) ? isFlashOn : true;
      return [
        ...(snapshot.vehicles ? vehicles.layersOf(snapshot.vehicles, drawing) : []),
        ...keep('streets', [snapshot.streets, isClose, glyphPx], () => streetLayers(snapshot.streets, drawing, isClose)),
        ...keep('cameras', [snapshot.cameras, isClose, glyphPx, isPickable], () => cameraLayers(snapshot.cameras, drawing)),
        ...keep('sensors', [snapshot.sensors, closeness, glyphPx, isPickable], () => sensorLayers(snapshot.sensors, drawing, closeness)),
        ...keep('feedback', [snapshot.feedback, level, glyphPx, isPickable], () => feedbackLayers(snapshot.feedback, drawing)),
        ...keep('highlight', [snapshot.highlight, glyphPx], () => highlightLayers(snapshot.highlight, drawing)),
        ...keep('alerts', [snapshot.alerts, flash, glyphPx, isPickable], () => alertLayers(snapshot.alerts, atlas, { ...drawing, isFlashOn: flash })),
      ];
    },
  };
}
