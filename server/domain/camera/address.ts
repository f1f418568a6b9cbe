import { BlockList, isIP, isIPv6 } from 'node:net';

const never = new BlockList();
for (const [net, bits] of [['0.0.0.0', 8], ['169.254.0.0', 16], ['192.0.0.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4], ['100.100.100.200', 32]] as const) never.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [['::', 128], ['fe80::', 10], ['ff00::', 8], ['fd00:ec2::', 32], ['2002::', 16], ['2001::', 32], ['64:ff9b:1::', 48]] as const) never.addSubnet(net, bits, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const SCHEMES: Readonly<Record<string, readonly string[]>> = { rtsp: ['rtsp:', 'rtsps:'], hls: ['http:', 'https:'], whep: ['http:', 'https:'] };

/** The IPv4 address inside a compatible (::), mapped (::ffff:), translated (::ffff:0:) or NAT64 (64:ff9b::) address. */
function innerAddress(address: string): string {
  if (!isIPv6(address)) return address;
  const { hostname } = new URL(`http://[${address}]`);
  const [, high, low] = /^\[(?:::|::ffff:|::ffff:0:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(hostname) ?? [];
  if (high === undefined || low === undefined) return address;
  const [a, b] = [parseInt(high, 16), parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join('.');
}

/**
 * Whether a camera may lie at this address. Cameras live in private networks, so those are allowed; the server itself, what is
 * reachable only from it (link-local, metadata services) and what is no single machine are not.
 */
export function isCameraAddress(address: string, allowLoopback: boolean): boolean {
  const inner = innerAddress(address);
  const family = isIP(inner);
  if (family === 0) return false;
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  return !never.check(inner, kind) && (allowLoopback || !loopback.check(inner, kind));
}

/** The URL of a stream when its form is allowed: right scheme, a host, no fragment. Addresses behind a name are checked when it is resolved. */
export function cameraUrl(kind: string, text: string, allowLoopback: boolean): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!(SCHEMES[kind] ?? []).includes(url.protocol) || url.hostname === '' || url.hash !== '') return undefined;
  const host = plainHost(url.hostname);
  if (host === undefined) return undefined;
  const isLocalName = /^(.*\.)?localhost\.?$/i.test(host);
  if (isLocalName && !allowLoopback) return undefined;
  return isIP(host) !== 0 && !isCameraAddress(host, allowLoopback) ? undefined : url;
}

/** A host as every program on the way will read it: `0x7f.1` and `2130706433` are spellings of addresses, whatever the scheme. */
function plainHost(hostname: string): string | undefined {
  const asWeb = `http://${hostname}/`;
  return URL.canParse(asWeb) ? new URL(asWeb).hostname.replace(/^\[|\]$/g, '') : undefined;
}
