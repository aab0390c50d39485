/** The Commands of a site, as `pulumi up --replace` takes them. */
export type CommandName = "gateway" | "tags" | "peering" | "group" | "settings" | "members";

const commands: Record<CommandName, { component: string; name: string }> = {
  gateway: { component: "VirtualPrivateGateway", name: "vpg-gateway" },
  tags: { component: "VirtualPrivateGateway", name: "vpg-tags" },
  peering: { component: "Canal", name: "canal-peering" },
  group: { component: "SimGroup", name: "sims-group" },
  settings: { component: "SimGroup", name: "sims-settings" },
  members: { component: "SimGroup", name: "sims-members" },
};

/** The URN of a site's Command. */
export function urnOf(project: string, stack: string, command: CommandName): string {
  const { component, name } = commands[command];
  const types = `canal-ftp:index:Site$canal-ftp:index:${component}$command:local:Command`;
  return `urn:pulumi:${stack}::${project}::${types}::${project}-${stack}-${name}`;
}

/** The command line that creates a Command's resource again. A Command has no Read, so a plain `pulumi up` does not. */
export function replaceLine(project: string, stack: string, command: CommandName): string {
  // Single quotes keep the shell from expanding the dollar signs.
  return `pulumi up -s ${stack} --replace '${urnOf(project, stack, command)}'`;
}
