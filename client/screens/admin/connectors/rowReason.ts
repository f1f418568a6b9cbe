import { FAULTS, type FaultCode } from '#contract/faults.ts';
import type { Language } from '../../../ui/i18n/text.ts';
import words from './rowReason.en.json';

/** Why a row was refused. Logs keep the full Vietnamese sentence; other readers get the meaning of its code, with that sentence beside it. */
export function rowReason({ code, reason }: { code: string; reason: string }, language: Language): { text: string; kept?: string } {
  if (language === 'vi') return { text: reason };
  const text = Object.hasOwn(FAULTS, code) ? FAULTS[code as FaultCode][language] : (words as Record<string, string>)[code];
  return text === undefined ? { text: reason } : { text, kept: reason };
}
