import { pullCameras } from '../cameras/pulled.ts';
import { resultOf, type Row } from '../row.ts';

/** What a copied network camera costs the server, ffmpeg included, at 16, 64 and 128 of them. */
export const row: Row = {
  name: 'camera-server',
  isFullOnly: true,
  async measure({ say }) {
    const found = await pullCameras([16, 64, 128]);
    return [...found].flatMap(([count, { cores, memoryMb, live }]) => {
      say(`camera-server: ${live} of ${count} live`);
      return [
        resultOf(`camera-server.${count}.cpu`, '% of a core a camera', [(100 * cores) / count], { against: `one core for all: ${cores.toFixed(2)}; ${live} of ${count} live`, peer: 1, aim: '100 on less than one core' }),
        resultOf(`camera-server.${count}.memory`, 'MB a camera', [memoryMb / count], { against: `${Math.round(memoryMb)} MB in all`, aim: 'reported' }),
      ];
    });
  },
};
