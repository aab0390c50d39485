/**
 * IPv4 addresses and CIDR blocks as numbers, for the program, the identity provider's function and the twin, so that
 * all of them agree on the addresses of a block.
 */

/** A CIDR block, for example 10.0.0.0/16: `base` is its first address as an unsigned 32-bit number. */
export interface Cidr {
  readonly base: number;
  /** Prefix length in bits, 0 to 32. */
  readonly prefix: number;
}

/** The address as an unsigned 32-bit number; undefined if the text is not dotted-decimal IPv4. */
export function parseAddress(text: string): number | undefined {
  // No leading zeros: some programs read 010.0.0.1 as octal, others as decimal.
  const match = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/.exec(
    text,
  );
  if (!match) return undefined;
  const octets = match.slice(1).map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  return octets.reduce((number, octet) => number * 256 + octet, 0);
}

/** Dotted-decimal text of an unsigned 32-bit number. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}

/** The number of addresses in the block. */
export function sizeOf(cidr: Cidr): number {
  return 2 ** (32 - cidr.prefix);
}

/** The block; undefined if the text is not `a.b.c.d/n` with host bits of zero. */
export function parseCidr(text: string): Cidr | undefined {
  const [address, length, ...rest] = text.split("/");
  if (length === undefined || rest.length > 0 || !/^(0|[1-9]\d?)$/.test(length)) return undefined;
  const base = parseAddress(address);
  const prefix = Number(length);
  if (base === undefined || prefix > 32) return undefined;
  const cidr = { base, prefix };
  return base % sizeOf(cidr) === 0 ? cidr : undefined;
}

/** `a.b.c.d/n` of a block. */
export function formatCidr(cidr: Cidr): string {
  return `${formatAddress(cidr.base)}/${cidr.prefix}`;
}

/** Whether the block contains the address. */
export function containsAddress(cidr: Cidr, address: number): boolean {
  return address >= cidr.base && address < cidr.base + sizeOf(cidr);
}

/** Whether `outer` contains all of `inner`. */
export function containsCidr(outer: Cidr, inner: Cidr): boolean {
  return outer.prefix <= inner.prefix && containsAddress(outer, inner.base);
}

/** Whether two blocks share an address. CIDR blocks overlap only if one contains the other. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return containsCidr(a, b) || containsCidr(b, a);
}

/** The n-th block of a prefix length inside a larger block. */
export function nthBlock(outer: string, prefix: number, n: number): string {
  const cidr = { base: parseCidr(outer)!.base, prefix };
  return formatCidr({ prefix, base: cidr.base + n * sizeOf(cidr) });
}
