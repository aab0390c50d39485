import { cliOf } from "../../soracom/connect";
import { Problem } from "../../soracom/problem";
import { INSTALL_HINT, processRunner } from "../../soracom/run-cli";
import type { Finding } from "../core/findings";
import type { CliContext } from "../core/context";
import { isOlder, versionIn } from "./versions";

const LEAST_NODE = [20, 19, 0];
const LEAST_SORACOM = [1, 7, 0];
const LEAST_PULUMI = [3, 0, 0];

/** The programs that an update or these commands start. */
export function checkPrograms(context: CliContext): Promise<Finding[]> {
  return Promise.all([
    checkNode(process.versions.node),
    checkPulumi(context),
    checkSoracom(context),
  ]);
}

export function checkNode(version: string): Finding {
  const isOld = isOlder(versionIn(version) ?? [], LEAST_NODE);
  const check = "Node";
  if (!isOld) return { check, state: "ok", found: version };
  const remedy = "Install Node 20.19 or newer from https://nodejs.org/.";
  return { check, state: "failed", found: version, wanted: "20.19 or newer", remedy };
}

async function checkPulumi({ runProgram }: CliContext): Promise<Finding> {
  const check = "pulumi";
  const remedy = "Install the Pulumi CLI from https://www.pulumi.com/docs/install/.";
  const { code, stdout } = await runProgram("pulumi", ["version"]);
  if (code === undefined) return { check, state: "failed", found: "not on PATH", remedy };
  const found = stdout.trim();
  if (isOlder(versionIn(found) ?? [], LEAST_PULUMI)) {
    return { check, state: "failed", found, wanted: "v3", remedy };
  }
  return { check, state: "ok", found };
}

async function checkSoracom({
  env,
  runCli = processRunner(cliOf(env)),
}: CliContext): Promise<Finding> {
  const check = "soracom";
  const remedy = `${INSTALL_HINT[0].toUpperCase()}${INSTALL_HINT.slice(1)}.`;
  const withoutKeys = Object.entries(env).filter(([name]) => !/^SORACOM_(AUTH|VERB)/.test(name));
  try {
    const { stdout } = await runCli(["version"], Object.fromEntries(withoutKeys));
    const found = stdout.trim();
    const version = versionIn(found);
    // One that was built with `go install` knows no version.
    if (!version) return { check, state: "note", found: found || "tells no version" };
    if (!isOlder(version, LEAST_SORACOM)) return { check, state: "ok", found };
    return { check, state: "failed", found, wanted: "v1.7.0 or newer", remedy };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { check, state: "failed", found: "cannot be started", remedy };
  }
}
