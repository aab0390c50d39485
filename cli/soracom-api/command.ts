import { once } from "node:events";

import { InvalidArgumentError } from "commander";

import { type Fault, faultKinds, parseFault } from "../../fakes/soracom/faults";
import { addJsonOption, type DefineCommand, numberFrom } from "../core/command";
import { givenSims } from "../sims/given";

interface Options {
  readonly port: number;
  readonly creatingSeconds?: number;
  readonly fault: readonly Fault[];
  readonly requestsPerMinute?: number;
  readonly sims?: string;
  readonly virtualSim: readonly string[];
  readonly json?: boolean;
}

export const define: DefineCommand = (command, context) => {
  addJsonOption(command)
    .option("--port <number>", "port; 0 selects a free one", numberFrom(0, 65_535, true), 0)
    .option(
      "--creating-seconds <number>",
      "time until a new VPG runs (default: two requests)",
      numberFrom(0, 3600, false),
    )
    .option("--fault <fault>", "kind[:operationId][:nth|:percent%]; repeatable", addFault, [])
    .option("--sims <csv>", "SIMs that exist, in a file as for canal-ftp sims")
    .option("--virtual-sim <id>", "virtual SIM of Arc that exists; repeatable", append, [])
    .option(
      "--requests-per-minute <number>",
      "limit for each operation (default: none)",
      numberFrom(1, 100_000, true),
    )
    .addHelpText(
      "after",
      `
Serves a stateful stand-in for SORACOM's API on 127.0.0.1 until it is stopped.
Kinds of fault: ${faultKinds.join(", ")}

Examples:
  canal-ftp soracom-api --port 4010
  canal-ftp soracom-api --json                  # {"endpoint":"http://127.0.0.1:…"}
  canal-ftp soracom-api --sims sims.csv --requests-per-minute 60
  canal-ftp soracom-api --fault 429::10% --fault cut-after:createGroup:1

Set SORACOM_ENDPOINT to the endpoint for the CLI and the driver.`,
    )
    .action(async (options: Options) => {
      const { port, creatingSeconds, fault, requestsPerMinute, sims, virtualSim, json } = options;
      const simIds = sims === undefined ? [] : givenSims([], sims).simIds;
      const { startSoracomApi } = await import("../../fakes/soracom/api");
      const api = await startSoracomApi({
        port,
        faults: fault,
        ...(requestsPerMinute === undefined ? {} : { rateLimit: { perMinute: requestsPerMinute } }),
        ...(creatingSeconds === undefined ? {} : { creatingMs: creatingSeconds * 1000 }),
      });
      for (const simId of simIds) api.world.addSim(simId);
      for (const simId of virtualSim) api.world.addSim(simId, { virtual: true });
      const { endpoint } = api;
      context.out(
        json
          ? `${JSON.stringify({ endpoint })}\n`
          : `Stand-in for SORACOM's API: export SORACOM_ENDPOINT=${endpoint}\n`,
      );
      if (!context.stop.aborted) await once(context.stop, "abort");
      await api.close();
    });
};

function append(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

function addFault(text: string, faults: readonly Fault[]): Fault[] {
  try {
    return [...faults, parseFault(text)];
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
