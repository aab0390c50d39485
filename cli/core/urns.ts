/** The Commands of a site, as `pulumi up --replace` takes them. */
export type CommandName = "gateway" | "peering" | "group";

const COMMANDS: Record<CommandName, { component: string; name: string }> = {
  gateway: { component: "VirtualPrivateGateway", name: "vpg-gateway" },
  peering: { component: "Canal", name: "canal-peering" },
  group: { component: "SimGroup", name: "sims-group" },
};

/** The URN of a site's Command. */
export function urnOf(project: string, stack: string, command: CommandName): string {
  const { component, name } = COMMANDS[command];
  const types = `canal-ftp:index:Site$canal-ftp:index:${component}$command:local:Command`;
  return `urn:pulumi:${stack}::${project}::${types}::${project}-${stack}-${name}`;
}

/** The command that makes something anew. A Command has no Read, so no plain `pulumi up` does. */
export function replaceLine(project: string, stack: string, command: CommandName): string {
  // In single quotes: a shell would look for variables behind the dollar signs.
  return `pulumi up -s ${stack} --replace '${urnOf(project, stack, command)}'`;
}
