import type { Environment } from "./environment";

/** To be torn down in the evening: a Transfer server and a VPG bill for as long as they exist. */
export const dev: Environment = { protect: false, forceDestroy: true };
