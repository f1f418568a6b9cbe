import type { FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import { NewReport, REPORT_LIMITS } from '#contract/citizen.ts';
import { okay, refused, type FaultCode, type Outcome } from '#contract/faults.ts';
import { ATTACHMENT_LIMIT, BodyError } from './bodies.ts';

const LIMITS = { files: REPORT_LIMITS.photos, fileSize: ATTACHMENT_LIMIT, fields: 12, fieldSize: 64 * 1024, parts: 16 };
const newReport = Compile(NewReport);

/** A form as it was sent: its fields by name and its photos. */
export interface SentForm {
  fields: ReadonlyMap<string, string>;
  photos: readonly Uint8Array[];
}

/** Fails: throws a 400 for a broken form, a 413 for what is too large. */
export async function readForm(request: FastifyRequest, limits: Partial<Record<keyof typeof LIMITS, number>> = {}): Promise<SentForm> {
  const fields = new Map<string, string>();
  const photos: Uint8Array[] = [];
  try {
    for await (const part of request.parts({ limits: { ...LIMITS, ...limits } })) {
      if (part.type === 'file') photos.push(await part.toBuffer());
      else fields.set(part.fieldname, String(part.value));
    }
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error) throw error;
    throw new BodyError(`the form is broken: ${String(error)}`);
  }
  return { fields, photos };
}

/** The report in the fields of a form. Fails: REPORT_CONTACT, REPORT_PLACE, REPORT_SERVICE, REQUEST_BODY with the pointer. */
export function reportOf(fields: ReadonlyMap<string, string>): Outcome<NewReport> {
  const text = (name: string) => fields.get(name)?.trim() || undefined;
  const [lon, lat] = [text('lon'), text('lat')];
  const media = text('media')?.split(',');
  const contact = { name: text('name'), phone: text('phone'), email: text('email') };
  return checkReport({
    key: fields.get('key'),
    service: fields.get('service'),
    description: fields.get('description') ?? '',
    ...(text('address') ? { address: text('address') } : {}),
    ...(lon && lat ? { position: [Number(lon), Number(lat)] } : {}),
    ...(media ? { media } : {}),
    ...(Object.values(contact).some(Boolean) ? { contact: Object.fromEntries(Object.entries(contact).filter(([, value]) => value)) } : {}),
  });
}

const CODES: readonly [prefix: string, code: FaultCode][] = [['/contact', 'REPORT_CONTACT'], ['/position', 'REPORT_PLACE'], ['/service', 'REPORT_SERVICE'], ['/description', 'REPORT_LONG']];

/** Checks a report against the contract. Fails: as `reportOf`. */
export function checkReport(value: unknown): Outcome<NewReport> {
  if (newReport.Check(value)) return okay(value);
  const pointer = newReport.Errors(value)[0]?.instancePath ?? '';
  const code = CODES.find(([prefix]) => pointer.startsWith(prefix))?.[1] ?? 'REQUEST_BODY';
  return refused(code, { pointer });
}
