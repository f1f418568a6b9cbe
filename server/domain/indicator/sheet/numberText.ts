import type { Cell } from './cell.ts';

/** A number that was read, or why not. `isPercent`: it was written as a percentage and stands for that many per cent. */
export type ReadNumber = { value: number; isPercent: boolean } | { flaw: 'number-form' | 'number-ambiguous' | 'number-range'; whole?: string; decimal?: string };

const LARGEST = 1e15;
/** One separator followed by exactly three digits: a thousand in one country, a fraction in another. */
const AMBIGUOUS = /^[+-]?\d{1,3}[.,]\d{3}$/;
const GROUPED = /^[+-]?\d{1,3}([.,])\d{3}(\1\d{3})+$/;

/** Reads a value as people in Việt Nam write it: 48,8 · 1.234,5 · 1 234 567 · 48,8 % · a number cell shown as a percentage. What could mean two numbers is refused. */
export function readSheetNumber({ text, number, isPercent = false }: Cell): ReadNumber {
  if (number !== undefined) return inRange(isPercent ? Number((number * 100).toPrecision(12)) : number, isPercent);
  const written = text.replaceAll(/[\s\u00a0\u202f]/g, '').replace('−', '-');
  const hasSign = written.endsWith('%');
  const plain = hasSign ? written.slice(0, -1) : written;
  if (AMBIGUOUS.test(plain) && !/^[+-]?0/.test(plain)) {
    return { flaw: 'number-ambiguous', whole: plain.replace(/[.,]/, ''), decimal: plain.replace('.', ',').concat('0') };
  }
  const digits = plainDigits(plain);
  return digits === undefined ? { flaw: 'number-form' } : inRange(Number(digits), hasSign);
}

function plainDigits(text: string): string | undefined {
  if (GROUPED.test(text)) return text.replaceAll(/[.,]/g, '');
  const decimal = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'));
  const whole = decimal < 0 ? text : text.slice(0, decimal);
  const other = text[decimal] === ',' ? '.' : ',';
  const isGroupedRight = !/[.,]/.test(whole) || new RegExp(`^[+-]?\\d{1,3}(\\${other}\\d{3})+$`).test(whole);
  const joined = `${whole.replaceAll(/[.,]/g, '')}${decimal < 0 ? '' : `.${text.slice(decimal + 1)}`}`;
  return isGroupedRight && /^[+-]?(\d+(\.\d+)?|\.\d+)$/.test(joined) ? joined : undefined;
}

const inRange = (value: number, isPercent: boolean): ReadNumber => (Number.isFinite(value) && Math.abs(value) <= LARGEST ? { value, isPercent } : { flaw: 'number-range' });
