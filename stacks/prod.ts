import type { Environment } from "./environment";

/** Devices in the field store its addresses, which must not change by accident. */
export const prod: Environment = { protect: true, forceDestroy: false };
