import type { DefineCommand } from "./core/command";

/** A command as the overview lists it. Its code is loaded when it runs. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly define: DefineCommand }>;
}

/** The commands, grouped by the occasion on which they are used. */
export const commandGroups: Readonly<Record<string, readonly CommandEntry[]>> = {
  "Try a stack on this machine": [
    {
      name: "start",
      summary: "Serves a stack on this machine, as AWS would (the twin)",
      load: () => import("./start/command"),
    },
    {
      name: "picture",
      summary: "Draws a stack as SVG",
      load: () => import("./picture/command"),
    },
  ],
  "Deploy a stack": [
    {
      name: "doctor",
      summary: "Checks what pulumi up needs, before you run it",
      load: () => import("./doctor/command"),
    },
    {
      name: "cost",
      summary: "Computes the costs of a month",
      load: () => import("./cost/command"),
    },
    {
      name: "capacity",
      summary: "Calculates what a fleet's nine data ports can serve",
      load: () => import("./capacity/command"),
    },
    {
      name: "deploy-role",
      summary: "Prints the IAM policies for the role that deploys",
      load: () => import("./deploy-role/command"),
    },
    {
      name: "verify",
      summary: "Checks every hop from the SIM to the bucket, with a test login",
      load: () => import("./verify/command"),
    },
  ],
  "Operate a stack": [
    {
      name: "users",
      summary: "Manages the users who can log in",
      load: () => import("./users/command"),
    },
    {
      name: "sims",
      summary: "Attaches, detaches and lists SIMs",
      load: () => import("./sims/command"),
    },
    {
      name: "status",
      summary: "Compares VPG, peering, routes, group and SIMs with the stack",
      load: () => import("./status/command"),
    },
    {
      name: "uploads",
      summary: "Lists what each device has uploaded, and which are silent",
      load: () => import("./uploads/command"),
    },
    {
      name: "sweep",
      summary: "Removes what a stack left at SORACOM, by its owner id",
      load: () => import("./sweep/command"),
    },
    {
      name: "restore",
      summary: "Brings files or users back to a time",
      load: () => import("./restore/command"),
    },
    {
      name: "redrive",
      summary: "Retries failed upload events of the twin",
      load: () => import("./redrive/command"),
    },
  ],
  "Develop devices and servers": [
    {
      name: "replay",
      summary: "Plays a recorded dialogue against a server",
      load: () => import("./replay/command"),
    },
    {
      name: "conformance",
      summary: "Compares a server's replies with the twin's",
      load: () => import("./conformance/command"),
    },
    {
      name: "soracom-api",
      summary: "Runs the stand-in for SORACOM's API",
      load: () => import("./soracom-api/command"),
    },
  ],
};
