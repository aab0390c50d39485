/** A fleet with regular transfers, from the options of `canal-ftp capacity`. Times are in seconds. */
export interface Fleet {
  /** Devices, with one transfer each in every interval. */
  readonly devices: number;
  /** The interval between a device's transfers. */
  readonly every: number;
  /** The time from PASV to the end of the transfer, during which a port is in use. */
  readonly seconds: number;
  /** The devices begin at random within this time from the start of each interval; 0: all at the same moment. */
  readonly spread: number;
  /** Source addresses that the VPC sees the fleet come from. */
  readonly addresses: number;
}

/** Ports of one source address (docs/twin.md#data-ports). */
export const portsOfAddress = 9;

/** Devices of each source address: as even as possible. */
export function devicesOfAddresses({ devices, addresses }: Fleet): number[] {
  const least = Math.floor(devices / addresses);
  const more = devices % addresses;
  return Array.from({ length: addresses }, (_, index) => least + Number(index < more));
}
