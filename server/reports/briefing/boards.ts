import type { LoggedTopic } from '#contract/topics.ts';
import type { Tile } from '#contract/wall.ts';
import type { Board, RowsOf } from './board.ts';
import { feedBoard, sensorBoard, trafficBoard } from './readings.ts';
import { coverageBoard, documentBoard, dossierBoard, securityBoard } from './registers.ts';

const BOARDS: Readonly<Record<string, (settings: Record<string, unknown>, known: RowsOf) => Board | undefined>> = {
  'dossier-board': dossierBoard,
  'document-list': documentBoard,
  'security-board': securityBoard,
  'coverage-board': coverageBoard,
  'sensor-board': sensorBoard,
  'traffic-state': trafficBoard,
  'data-health': feedBoard,
};

const REGISTERS: Readonly<Record<string, LoggedTopic>> = { 'dossier-board': 'dossier', 'document-list': 'document', 'security-board': 'security-event' };

/** The registers that tiles read: large ones, asked for only where they were shown. */
export const registersOf = (tiles: readonly Pick<Tile, 'widget'>[]): LoggedTopic[] => [...new Set(tiles.flatMap(({ widget }) => REGISTERS[widget] ?? []))];

/** What a tile that counts said at a moment; undefined for other tiles, and where nothing of that moment was kept. */
export const boardOf = ({ widget, settings = {} }: Pick<Tile, 'widget' | 'settings'>, known: RowsOf): Board | undefined => BOARDS[widget]?.(settings, known);
