"use strict";

// The commands and the overview of them. Plain JavaScript: the TypeScript loader takes longer than the overview.

/** Summaries of the commands by name, grouped by the occasion on which they are used. */
const groups = {
  "Try a stack on this machine": {
    start: "Serves a stack on this machine, as AWS would (the twin)",
    picture: "Draws a stack as SVG",
  },
  "Deploy a stack": {
    doctor: "Checks what pulumi up needs, before you run it",
    cost: "Computes the costs of a month",
    capacity: "Calculates what a fleet's nine data ports can serve",
    "deploy-role": "Prints the IAM policies for the role that deploys",
    verify: "Checks every hop from the SIM to the bucket, with a test login",
  },
  "Operate a stack": {
    users: "Manages the users who can log in",
    sims: "Attaches, detaches and lists SIMs",
    status: "Compares VPG, peering, routes, group and SIMs with the stack",
    uploads: "Lists what each device has uploaded, and which are silent",
    sweep: "Removes what a stack left at SORACOM, by its owner id",
    restore: "Brings files or users back to a time",
    redrive: "Retries failed upload events of the twin",
  },
  "Develop devices and servers": {
    replay: "Plays a recorded dialogue against a server",
    conformance: "Compares a server's replies with the twin's",
    "soracom-api": "Runs the stand-in for SORACOM's API",
  },
};

/** One screen with every command. */
function overview() {
  const names = Object.values(groups).flatMap((commands) => Object.keys(commands));
  const width = Math.max(...names.map((name) => name.length));
  const lines = Object.entries(groups).flatMap(([title, commands]) => [
    `${title}:`,
    ...Object.entries(commands).map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`),
  ]);
  return `${[
    "A private FTP server for devices on SORACOM SIMs",
    "",
    "Usage: canal-ftp <command> [options]",
    "",
    ...lines,
    "",
    "canal-ftp <command> --help describes a command.",
    "Exit codes: 0 fine, 1 found broken or failed, 2 wrong usage, 3 could not check",
  ].join("\n")}\n`;
}

module.exports = { groups, overview };
