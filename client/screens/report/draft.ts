import { reportTextFlaw } from '#contract/citizen.ts';
import type { FaultCode } from '#contract/faults.ts';

/** What a person has typed so far; photos are kept apart, as pictures. */
export interface Draft {
  /** Made once per report: sending it again never makes a second one. */
  key: string;
  service: string;
  description: string;
  address: string;
  position: [number, number] | null;
  placeName: string;
  name: string;
  phone: string;
  email: string;
}

/** A photo of a draft or of a report on its way. */
export interface KeptPhoto {
  id: string;
  /** Report it belongs to. */
  key: string;
  photo: Blob;
}

/** A report on its way: photos that have arrived are known by their ids. */
export interface ReportJob {
  draft: Draft;
  photos: string[];
  media: string[];
}

/** What the device remembers of a report that arrived. */
export interface SentReport {
  code: string;
  service: string;
  at: number;
}

const DRAFT = 'toan-canh.report.draft';
const SENT = 'toan-canh.report.sent';
const MOST_SENT = 20;

export const emptyDraft = (key: string): Draft => ({ key, service: '', description: '', address: '', position: null, placeName: '', name: '', phone: '', email: '' });

function read<T>(storage: Storage, name: string): T | null {
  const text = storage.getItem(name);
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    storage.removeItem(name);
    return null;
  }
}

/** What was typed before a reload. */
export function readDraft(storage: Storage, newKey: () => string): Draft {
  const empty = emptyDraft(newKey());
  const kept = read<Partial<Draft>>(storage, DRAFT);
  return kept?.key ? { ...empty, ...kept } : empty;
}

export const keepDraft = (storage: Storage, draft: Draft): void => storage.setItem(DRAFT, JSON.stringify(draft));
export const readSent = (storage: Storage): SentReport[] => read<SentReport[]>(storage, SENT) ?? [];

export function keepSent(storage: Storage, sent: SentReport): SentReport[] {
  const all = [sent, ...readSent(storage).filter(({ code }) => code !== sent.code)].slice(0, MOST_SENT);
  storage.setItem(SENT, JSON.stringify(all));
  return all;
}

const AGAIN = 'toan-canh.report.again.';

/** Why a result is not accepted, as typed so far, per report. */
export const readAgain = (storage: Storage, code: string): string => storage.getItem(`${AGAIN}${code}`) ?? '';

export function keepAgain(storage: Storage, code: string, reason: string): void {
  if (reason === '') storage.removeItem(`${AGAIN}${code}`);
  else storage.setItem(`${AGAIN}${code}`, reason);
}

/** What is still missing before a report can be sent, by the part of the form it belongs to. */
export function flawsOf(draft: Draft): Partial<Record<'service' | 'description' | 'place' | 'contact', FaultCode>> {
  const words = reportTextFlaw(draft.description);
  const isReachable = (draft.phone === '' || /^[0-9+ .()-]{8,20}$/.test(draft.phone)) && (draft.email === '' || /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(draft.email));
  return {
    ...(draft.service === '' ? { service: 'REPORT_SERVICE' as const } : {}),
    ...(words ? { description: words } : {}),
    ...(draft.position === null && draft.address.trim() === '' ? { place: 'REPORT_PLACE_MISSING' as const } : {}),
    ...(isReachable ? {} : { contact: 'REPORT_CONTACT' as const }),
  };
}

/** The form as the server takes it. */
export function formOf({ draft, media }: ReportJob): FormData {
  const form = new FormData();
  const { key, service, description, address, position, name, phone, email } = draft;
  const fields = { key, service, description, address, name, phone, email, media: media.join(','), lon: position?.[0], lat: position?.[1] };
  for (const [field, value] of Object.entries(fields)) if (value !== undefined && value !== '') form.set(field, String(value));
  return form;
}
