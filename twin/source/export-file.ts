import * as fs from "node:fs";

/** A resource as a state has it, as far as the twin reads it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly parent?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly protect?: boolean;
  /** Replaced already, and still to be deleted. */
  readonly delete?: boolean;
}

/**
 * The resources in a file that `pulumi stack export` wrote.
 *
 * @param file its name; `-` is standard input
 * @throws Error for what cannot be read or is no export; it says how to make one
 */
export function readExport(file: string): StateResource[] {
  const name = file === "-" ? "Standard input" : file;
  const refuse = (why: string) =>
    new Error(
      `${name} ${why}. The twin reads what pulumi stack export --stack NAME --file FILE writes.`,
    );
  let text: string;
  try {
    text = fs.readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw refuse(`cannot be read: ${(error as Error).message}`);
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // Not the parser's own message: it quotes the text, and a state may hold secrets.
    throw refuse("is no JSON, so no exported stack");
  }
  const { deployment } = (document ?? {}) as { deployment?: { resources?: unknown } };
  if (typeof deployment !== "object" || deployment === null) {
    throw refuse("is no exported stack: it has no deployment");
  }
  const { resources = [] } = deployment;
  if (!Array.isArray(resources) || !resources.every(isResource)) {
    throw refuse("is no exported stack: its deployment has no list of resources");
  }
  if (resources.length === 0) throw refuse("is a stack with nothing in it");
  return resources;
}

function isResource(value: unknown): value is StateResource {
  const { urn, type } = (value ?? {}) as { urn?: unknown; type?: unknown };
  return typeof urn === "string" && typeof type === "string";
}
