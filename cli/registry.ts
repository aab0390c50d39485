import type { DefineCommand } from "./core/command";
import { groups } from "./overview.cjs";

/** A command as the overview lists it. Its code is loaded when it runs. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly define: DefineCommand }>;
}

const loaders: Readonly<Record<string, CommandEntry["load"]>> = {
  start: () => import("./start/command"),
  picture: () => import("./picture/command"),
  doctor: () => import("./doctor/command"),
  cost: () => import("./cost/command"),
  capacity: () => import("./capacity/command"),
  "deploy-role": () => import("./deploy-role/command"),
  verify: () => import("./verify/command"),
  users: () => import("./users/command"),
  sims: () => import("./sims/command"),
  status: () => import("./status/command"),
  uploads: () => import("./uploads/command"),
  sweep: () => import("./sweep/command"),
  restore: () => import("./restore/command"),
  redrive: () => import("./redrive/command"),
  replay: () => import("./replay/command"),
  conformance: () => import("./conformance/command"),
  "soracom-api": () => import("./soracom-api/command"),
};

/** The commands in the groups of the overview. */
export const commandGroups: Readonly<Record<string, readonly CommandEntry[]>> = Object.fromEntries(
  Object.entries(groups).map(([title, commands]) => [
    title,
    Object.entries(commands).map(([name, summary]) => ({ name, summary, load: loaders[name] })),
  ]),
);
