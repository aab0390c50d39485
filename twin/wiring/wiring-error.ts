/** A stack that cannot be served: the mistake is in the program, not in a device. */
export class WiringError extends Error {}
