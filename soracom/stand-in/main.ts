/**
 * The stand-in for the SORACOM API on its own:
 *
 *     soracom/stand-in/main.ts [--port N] [--json] [--fault kind[:operationId][:nth|:percent%]]…
 *
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
      fault: { type: "string", multiple: true, default: [] },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--port takes 0 to 65535, not "${values.port}"`);
  }
  const api = await startSoracomApi({ port, faults: values.fault.map(parseFault) });
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
