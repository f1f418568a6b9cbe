import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';

/** One device as it answers WS-Discovery. Empty where it says nothing. */
export interface ProbeMatch {
  endpoint: string;
  /** The first of its service addresses. */
  address: string;
  name: string;
  hardware: string;
  lon: string;
  lat: string;
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value]);

/** The word after `onvif://www.onvif.org/<name>/` among the scopes of a device. */
function scopeWord(scopes: string, name: string): string {
  const word = new RegExp(`onvif://www\\.onvif\\.org/${name}/([^\\s]+)`, 'i').exec(scopes)?.[1] ?? '';
  const isEncoded = /^([^%]|%[0-9a-f]{2})*$/i.test(word);
  return (isEncoded ? decodeURIComponent(word) : word).replaceAll('_', ' ');
}

/**
 * The answers of WS-Discovery in one document: name and place by their ONVIF scopes, the device by its address.
 * Fails: undefined for what is no such document; entities and DTD are never followed.
 */
export function readProbeMatches(text: string): ProbeMatch[] | undefined {
  if (/<!(DOCTYPE|ENTITY)/i.test(text) || XMLValidator.validate(text) !== true) return undefined;
  const matches: unknown[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, value] of Object.entries(node)) {
      if (name === 'ProbeMatch') matches.push(...asList(value));
      else for (const child of asList(value)) walk(child);
    }
  };
  walk(new XMLParser({ removeNSPrefix: true, ignoreAttributes: true, processEntities: false, parseTagValue: false }).parse(text));
  return matches.map((match) => {
    const { Scopes = '', XAddrs = '', EndpointReference } = match as { Scopes?: string; XAddrs?: string; EndpointReference?: { Address?: string } };
    const [lon = '', lat = ''] = scopeWord(String(Scopes), 'location/coordinates').split(',');
    const address = String(XAddrs).trim().split(/\s+/)[0] ?? '';
    return { endpoint: String(EndpointReference?.Address ?? '').trim(), address, name: scopeWord(String(Scopes), 'name'), hardware: scopeWord(String(Scopes), 'hardware'), lon, lat };
  });
}

/** What a list of devices says of a camera. Addresses are secrets and stay out of it. */
export interface ListedDevice {
  ref: string;
  name: string;
  kind: string | null;
  position: readonly number[];
}

const SPACES = {
  '@xmlns:s': 'http://www.w3.org/2003/05/soap-envelope',
  '@xmlns:d': 'http://schemas.xmlsoap.org/ws/2005/04/discovery',
  '@xmlns:a': 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
  '@xmlns:dn': 'http://www.onvif.org/ver10/network/wsdl',
};

/** The same document for the cameras of a register, which `readProbeMatches` takes back. */
export function writeProbeMatches(cameras: readonly ListedDevice[]): string {
  const scope = (name: string, word: string) => `onvif://www.onvif.org/${name}/${encodeURIComponent(word)}`;
  const matches = cameras.map(({ ref, name, kind, position: [lon = 0, lat = 0] }) => ({
    'a:EndpointReference': { 'a:Address': ref },
    'd:Types': 'dn:NetworkVideoTransmitter',
    'd:Scopes': [scope('name', name), ...(kind === null ? [] : [scope('hardware', kind)]), `onvif://www.onvif.org/location/coordinates/${lon},${lat}`].join(' '),
  }));
  const builder = new XMLBuilder({ format: true, ignoreAttributes: false, attributeNamePrefix: '@' });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ 's:Envelope': { ...SPACES, 's:Body': { 'd:ProbeMatches': { 'd:ProbeMatch': matches } } } })}`;
}
