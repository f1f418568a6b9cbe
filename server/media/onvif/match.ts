import type { FoundDevice } from '../../domain/ports/devices.ts';
import { readProbeMatches } from '../../domain/camera/probeMatch.ts';

/** What one answer to a call says of its device. Fails: undefined for what is no such answer. */
export function readMatch(xml: string): FoundDevice | undefined {
  const [match] = readProbeMatches(xml) ?? [];
  if (!match?.address) return undefined;
  const position = match.lon !== '' && match.lat !== '' ? ([Number(match.lon), Number(match.lat)] as [number, number]) : null;
  return { address: match.address, name: match.name, model: match.hardware, position: position?.every(Number.isFinite) ? position : null };
}
