import * as fs from "node:fs";

/** A resource in a state, with the properties that the twin reads. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly parent?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly protect?: boolean;
  /** Already replaced, pending deletion. */
  readonly delete?: boolean;
}

/**
 * The resources in a file that `pulumi stack export` wrote.
 *
 * @param file - Its name; `-` is standard input.
 * @throws Error for a file that cannot be read or is not an export, with the command that makes one
 */
export function readExport(file: string): StateResource[] {
  const name = file === "-" ? "Standard input" : file;
  const invalid = (why: string) =>
    new Error(
      `${name} ${why}. The twin reads what pulumi stack export --stack NAME --file FILE writes.`,
    );
  let text: string;
  try {
    text = fs.readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw invalid(`cannot be read: ${(error as Error).message}`);
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // The parser's message is left out: it quotes the text, and a state may contain secrets.
    throw invalid("is not JSON, so it is not an exported stack");
  }
  const { deployment } = (document ?? {}) as { deployment?: { resources?: unknown } };
  if (typeof deployment !== "object" || deployment === null) {
    throw invalid("is not an exported stack: it has no deployment");
  }
  const { resources = [] } = deployment;
  if (!Array.isArray(resources) || !resources.every(isResource)) {
    throw invalid("is not an exported stack: its deployment has no list of resources");
  }
  if (resources.length === 0) throw invalid("is a stack without resources");
  return resources;
}

function isResource(value: unknown): value is StateResource {
  const { urn, type } = (value ?? {}) as { urn?: unknown; type?: unknown };
  return typeof urn === "string" && typeof type === "string";
}
