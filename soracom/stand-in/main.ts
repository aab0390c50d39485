/**
 * The stand-in for the SORACOM API on its own:
 *
 *     soracom/stand-in/main.ts [--port N] [--json] [--creating-seconds N]
 *         [--fault kind[:operationId][:nth|:percent%]]…
 *
 * A new VPG runs after two looks at it, or after --creating-seconds.
 * With --json the first line on stdout is {"endpoint":"http://127.0.0.1:PORT"}, for SORACOM_ENDPOINT.
 * SIGTERM or SIGINT ends it.
 */
import { parseArgs } from "node:util";
import { startSoracomApi } from "./api";
import { parseFault } from "./faults";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      json: { type: "boolean", default: false },
      "creating-seconds": { type: "string" },
      fault: { type: "string", multiple: true, default: [] },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--port takes 0 to 65535, not "${values.port}"`);
  }
  const seconds = values["creating-seconds"];
  const api = await startSoracomApi({
    port,
    faults: values.fault.map(parseFault),
    ...(seconds === undefined ? {} : { creatingMs: Number(seconds) * 1000 }),
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void api.close());
  }
  console.log(
    values.json
      ? JSON.stringify({ endpoint: api.endpoint })
      : `SORACOM stand-in: export SORACOM_ENDPOINT=${api.endpoint}`,
  );
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
