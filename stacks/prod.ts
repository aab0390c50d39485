import type { Environment } from "./environment";

/** Devices in the field hold its addresses: nothing that they know may be lost by accident. */
export const prod: Environment = { protect: true, forceDestroy: false };
