import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareDecoders, type Sharer } from './share.ts';

const tiles = (count: number, focus: readonly number[] = [], hidden: readonly number[] = []): Sharer[] =>
  Array.from({ length: count }, (_, id) => ({ id, isFocus: focus.includes(id), isVisible: !hidden.includes(id) }));
const withRole = (roles: Map<number, string>, role: string) => [...roles].flatMap(([id, given]) => (given === role ? [id] : []));

describe('sharing decoders', () => {
  it('gives everyone video while there is room', () => {
    expect(withRole(shareDecoders(tiles(4), 4, 0), 'video')).toEqual([0, 1, 2, 3]);
  });

  it('gives focus video first and the rest stills', () => {
    const roles = shareDecoders(tiles(5, [4]), 2, 0);
    expect(withRole(roles, 'video')).toEqual([0, 4]);
    expect(withRole(roles, 'still')).toEqual([1, 2, 3]);
  });

  it('gives nothing to a tile out of sight', () => {
    expect(withRole(shareDecoders(tiles(3, [], [1]), 3, 0), 'none')).toEqual([1]);
  });

  it('hands video to those who had stills, turn by turn', () => {
    expect(withRole(shareDecoders(tiles(6), 4, 0), 'still')).toEqual([4, 5]);
    expect(withRole(shareDecoders(tiles(6), 4, 1), 'still')).toEqual([0, 1]);
  });

  const wall = fc.record({ count: fc.integer({ min: 1, max: 49 }), maxVideos: fc.integer({ min: 1, max: 25 }), turn: fc.nat(500) });

  it('never decodes more than allowed and wastes nothing', () => {
    fc.assert(
      fc.property(wall, ({ count, maxVideos, turn }) => {
        expect(withRole(shareDecoders(tiles(count), maxVideos, turn), 'video')).toHaveLength(Math.min(count, maxVideos));
      }),
    );
  });

  it('lets every tile have video within as many turns as there are tiles', () => {
    fc.assert(
      fc.property(wall, ({ count, maxVideos, turn }) => {
        const had = new Set<number>();
        for (let step = 0; step < count; step += 1) for (const id of withRole(shareDecoders(tiles(count), maxVideos, turn + step), 'video')) had.add(id);
        expect(had.size).toBe(count);
      }),
    );
  });
});
