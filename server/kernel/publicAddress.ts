import { lookup as resolveName, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP, isIPv6 } from 'node:net';
import closed from './closedNetworks.json' with { type: 'json' };

/** Whether an address is public: not of this machine, a local network, a cloud's own service or a reserved range. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (isIP(bare) === 0) return false;
  const list = new BlockList();
  for (const family of ['ipv4', 'ipv6'] as const) {
    for (const network of closed[family]) {
      const [base = '', bits] = network.split('/');
      list.addSubnet(base, Number(bits), family);
    }
  }
  // A BlockList judges a v4-mapped address by its IPv4 rules.
  return !list.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
}

type Answer = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Resolves a name once and refuses it when any of its addresses is not public: the connection is made to what was judged. */
export function publicLookup(name: string, options: LookupOptions, answer: Answer): void {
  resolveName(name, { ...options, all: true }, (error, addresses) => {
    if (error) return answer(error, []);
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) return answer(new Error('ADDRESS_REFUSED'), []);
    if (options.all) return answer(null, addresses);
    answer(null, addresses[0]!.address, addresses[0]!.family);
  });
}
