import type { CliContext } from "../core/context";
import type { Finding } from "../core/findings";

/**
 * The bytes of one output of a Command. Pulumi passes it to the next run in one environment variable, which Linux limits
 * to 128 KiB with its name (MAX_ARG_STRLEN in execve(2)); a Command whose output is larger cannot be started.
 */
const mostBytes = 128 * 1024 - 64;

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Every Command in the stack's state can be started again. */
export async function checkState(stack: string, { runProgram }: CliContext): Promise<Finding[]> {
  const check = "state";
  const { code, stdout, stderr } = await runProgram("pulumi", [
    ...["stack", "export", "--stack", stack],
  ]);
  if (code !== 0) {
    const remedy = `pulumi does not export the state: ${stderr.trim().split("\n").at(-1)}`;
    return [{ check, state: "note", found: "could not be read", remedy }];
  }
  const { deployment } = JSON.parse(stdout) as { deployment?: { resources?: StateResource[] } };
  const tooLarge = (deployment?.resources ?? []).filter(
    ({ type, outputs = {} }) =>
      type === "command:local:Command" &&
      [outputs.stdout, outputs.stderr].some(
        (text) => typeof text === "string" && Buffer.byteLength(text) > mostBytes,
      ),
  );
  if (tooLarge.length === 0) return [{ check, state: "ok", found: "every Command can be started" }];
  return tooLarge.map(({ urn }) => ({
    ...{ check, state: "failed", found: `the output of ${urn.split("::").at(-1)} is too large` },
    expected: "less than 128 KiB",
    remedy: `Update and destroy fail with "argument list too long". Remove the Command from the state, which changes nothing at SORACOM, and record it again: pulumi state delete -s ${stack} '${urn}' && pulumi up -s ${stack}`,
  }));
}
