import type { Environment } from "./environment";

/** Devices hold its addresses and nobody can visit them: nothing that they know may be lost by accident. */
export const prod: Environment = { protect: true, forceDestroy: false };
