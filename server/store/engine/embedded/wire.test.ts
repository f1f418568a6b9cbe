import { describe, expect, it } from 'vitest';
import { answerOf, message, parsedName, readyForQuery, renameStatement, requestOf, simpleQuery, sync, walk } from './wire.ts';

const parse = (name: string) => message('P', name, 'select 1', Buffer.alloc(2));
const bind = (portal: string, name: string) => message('B', portal, name, Buffer.alloc(6));
const lettersOf = (bytes: Buffer) => {
  let letters = '';
  const used = walk(bytes, (type) => (letters += type));
  return { letters, used };
};

describe('wire messages', () => {
  it('visits whole messages only and says how far it came', () => {
    const whole = Buffer.concat([parse('a'), sync()]);
    expect(lettersOf(whole)).toEqual({ letters: 'PS', used: whole.length });
    expect(lettersOf(Buffer.concat([whole, simpleQuery('select 1').subarray(0, 9)]))).toEqual({ letters: 'PS', used: whole.length });
    expect(lettersOf(whole.subarray(0, 3))).toEqual({ letters: '', used: 0 });
  });

  it('renames statements, never portals, and leaves the unnamed unnamed', () => {
    expect(parsedName(renameStatement(parse('ward'), 'c7_'))).toBe('c7_ward');
    expect(renameStatement(bind('p', 'ward'), 'c7_')).toEqual(bind('p', 'c7_ward'));
    expect(renameStatement(message('D', Buffer.from('S'), 'ward'), 'c7_')).toEqual(message('D', Buffer.from('S'), 'c7_ward'));
    for (const same of [parse(''), bind('p', ''), message('D', Buffer.from('P'), 'ward'), message('E', 'p', Buffer.alloc(4))]) {
      expect(renameStatement(same, 'c7_')).toBe(same);
    }
  });

  it('finds what a batch asks for and where its Sync begins', () => {
    const work = Buffer.concat([parse(''), bind('', ''), message('E', '', Buffer.alloc(4))]);
    expect(requestOf(Buffer.concat([work, sync()]))).toEqual({ statements: 1, endsRoundTrip: true, syncAt: work.length });
    expect(requestOf(Buffer.concat([work, message('H')]))).toMatchObject({ statements: 1, endsRoundTrip: false });
    expect(requestOf(simpleQuery('select 1'))).toMatchObject({ statements: 1, endsRoundTrip: true, syncAt: simpleQuery('select 1').length });
  });

  it('reads what the server said', () => {
    const output = Buffer.concat([message('C', 'LISTEN'), message('A', Buffer.alloc(4), 'log', ''), message('C', 'SELECT 1'), readyForQuery('I')]);
    expect(answerOf(output)).toEqual({ ended: 2, hasError: false, hasNotification: true, confirmsListen: true });
    expect(answerOf(message('E', 'SERROR'))).toMatchObject({ ended: 0, hasError: true });
  });
});
