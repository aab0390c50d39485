/** An address as FTP replies and log lines show it: an IPv4 address without the IPv6 form around it. */
export function plainAddress(address: string | undefined): string {
  return (address ?? "").replace(/^::ffff:/i, "");
}
