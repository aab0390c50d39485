import type { Environment } from "./environment";

/** Can be destroyed at any time, because a Transfer server and a VPG are billed while they exist. */
export const dev: Environment = { protect: false, forceDestroy: true };
