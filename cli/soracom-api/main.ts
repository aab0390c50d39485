/**
 * The stand-in for the SORACOM API on its own: `npm run soracom-api -- --help`. SIGTERM or SIGINT ends it.
 */
import { Command, InvalidArgumentError } from "commander";
import { startSoracomApi } from "../../fakes/soracom/api";
import { FAULT_KINDS, Fault, parseFault } from "../../fakes/soracom/faults";

interface Options {
  readonly port: number;
  readonly creatingSeconds?: number;
  readonly fault: readonly Fault[];
  readonly json: boolean;
}

function readOptions(): Options {
  return new Command("npm run soracom-api --")
    .description("Serves a stateful stand-in for the SORACOM API on 127.0.0.1.")
    .option("--port <number>", "port; 0 takes a free one", number(0, 65535), 0)
    .option(
      "--creating-seconds <number>",
      "a new VPG runs after this time, not after two looks",
      number(0, 3600),
    )
    .option("--fault <fault>", "kind[:operationId][:nth|:percent%]; repeatable", addFault, [])
    .option("--json", "print one line of JSON when ready", false)
    .addHelpText(
      "after",
      `
Kinds of fault: ${FAULT_KINDS.join(", ")}

Examples:
  npm run soracom-api -- --port 4010
  npm run -s soracom-api -- --json                                  # {"endpoint":"http://127.0.0.1:…"} is the first line
  npm run soracom-api -- --fault 429::10% --fault cut-after:createGroup:1

With -s npm itself prints nothing before the first line. Set SORACOM_ENDPOINT to the endpoint for CLI and driver.`,
    )
    .parse()
    .opts<Options>();
}

function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text !== "" && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A number from ${least} to ${most}.`);
  };
}

function addFault(text: string, faults: readonly Fault[]): Fault[] {
  try {
    return [...faults, parseFault(text)];
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

async function main(): Promise<void> {
  const { port, creatingSeconds, fault, json } = readOptions();
  const api = await startSoracomApi({
    port,
    faults: fault,
    ...(creatingSeconds === undefined ? {} : { creatingMs: creatingSeconds * 1000 }),
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void api.close());
  }
  console.log(
    json
      ? JSON.stringify({ endpoint: api.endpoint })
      : `SORACOM stand-in: export SORACOM_ENDPOINT=${api.endpoint}`,
  );
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
