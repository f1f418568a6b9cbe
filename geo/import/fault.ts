/** Why an import refuses a file. */
export type GeoFaultCode = 'GEO_FILE_MISSING' | 'GEO_FILE_TRUNCATED' | 'GEO_FILE_BROKEN' | 'GEO_FILE_UNKNOWN' | 'GEO_FILE_EMPTY' | 'GEO_UNIT_UNKNOWN';

/** A refusal with a code for machines and a sentence for the operator. */
export class GeoFault extends Error {
  readonly code: GeoFaultCode;

  constructor(code: GeoFaultCode, message: string) {
    super(message);
    this.name = 'GeoFault';
    this.code = code;
  }
}
