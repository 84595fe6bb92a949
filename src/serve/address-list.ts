import { BlockList, isIP } from 'node:net';
import { UsageError } from '../errors.ts';

export interface AddressList {
  readonly isEmpty: boolean;
  has(address: string): boolean;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}

/**
 * Addresses and networks (`10.0.0.0/8`, `2001:db8::/32`, `192.0.2.7`). An IPv4 address counts in both of its forms
 * (`192.0.2.7`, `::ffff:192.0.2.7`). Throws `UsageError` for a text that is neither.
 *
 * @param option the option that the texts come from, for the message
 */
export function addressList(texts: readonly string[], option: string): AddressList {
  const list = new BlockList();
  for (const text of texts) {
    const [address = '', prefix, ...rest] = text.split('/');
    const size = isIP(address) === 4 ? 32 : 128;
    const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= size);
    if (isIP(address) === 0 || !isPrefix || rest.length > 0)
      throw new UsageError(`${option} has "${text}", which is neither an address nor a network`, {
        hint: 'write networks like 10.0.0.0/8 or 2001:db8::/32, and addresses like 192.0.2.7',
      });
    if (prefix === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return {
    isEmpty: texts.length === 0,
    has: (address) => isIP(address) !== 0 && list.check(address, familyOf(address)),
  };
}

/**
 * Where a request comes from. A proxy that is trusted says it in `X-Forwarded-For`, and what others wrote there before
 * it counts for nothing: the list is read from its end to the first address that is not one of a trusted proxy.
 *
 * @param remote address of the other end of the connection
 * @param forwarded `X-Forwarded-For`, empty without one
 * @returns null where it cannot be known
 */
export function clientAddress(remote: string, forwarded: string, trusted: AddressList): string | null {
  if (!trusted.has(remote)) return isIP(remote) === 0 ? null : remote;
  const hops = forwarded.split(',').map((hop) => hop.trim());
  for (const hop of hops.toReversed()) {
    if (isIP(hop) === 0) return null;
    if (!trusted.has(hop)) return hop;
  }
  return hops[0] ?? null;
}
