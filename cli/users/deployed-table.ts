import type { CliContext } from "../core/context";
import { readAllOutputs } from "../core/stack";
import { unreachable } from "./errors";
import type { TableLocation } from "./table-location";

/**
 * The user table of a deployed stack.
 *
 * @param values - The stack's configuration.
 * @param table - Name of the table. Default: the stack's output `userTable`.
 */
export async function deployedTable(
  context: Pick<CliContext, "aws" | "env" | "runProgram">,
  stack: string,
  values: Readonly<Record<string, string>>,
  table?: string,
): Promise<TableLocation> {
  const outputs: { userTable?: string; bucket?: string } =
    table === undefined ? await readAllOutputs(stack, context) : {};
  const name = table ?? outputs.userTable;
  if (name === undefined) {
    throw unreachable(
      `Stack ${stack} has no output userTable: deploy it, or name the table with --table.`,
    );
  }
  return {
    description: `stack ${stack}`,
    table: name,
    bucket: outputs.bucket,
    api: context.aws({
      region: values["aws:region"],
      profile: values["aws:profile"],
      ignoreStop: true,
      endpoint: context.env.AWS_ENDPOINT_URL_DYNAMODB,
    }),
    close: () => Promise.resolve(),
  };
}
