import type { FastifyRequest } from 'fastify';
import { BodyError } from './bodies.ts';

/** The one file of a form, as it was sent, with the fields beside it. */
export interface FormFile {
  name: string;
  sent: Buffer;
  fields: Record<string, unknown>;
}

/** Reads the one file of a form; undefined when it carries none. Fails: throws a 400 for a broken form, a 413 for a file too large. */
export async function readFormFile(request: FastifyRequest, fileSize?: number): Promise<FormFile | undefined> {
  try {
    const part = await request.file(fileSize === undefined ? undefined : { limits: { fileSize } });
    if (!part) return undefined;
    const sent = await part.toBuffer();
    const fields = Object.fromEntries(Object.entries(part.fields).flatMap(([name, field]) => (field && 'value' in field ? [[name, field.value]] : [])));
    return { name: part.filename, sent, fields };
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error) throw error;
    throw new BodyError(`the form is broken: ${String(error)}`);
  }
}
