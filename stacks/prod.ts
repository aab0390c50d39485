import type { Environment } from "./environment";

/** Devices store its addresses, which must not change by mistake. */
export const prod: Environment = { protect: true, forceDestroy: false };
