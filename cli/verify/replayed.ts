import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { AwsApiError, type AwsApi } from "../core/aws";
import type { CliContext } from "../core/context";
import { UserError } from "../core/errors";
import type { ProgramResult } from "../core/run-program";
import type { Evidence, RecordedCall } from "./evidence";

/**
 * A context in which the recorded calls are answered again, and nothing else is called. Its project has the recorded
 * configuration; remove its folder afterwards.
 */
export function replayedContext(evidence: Evidence, given: CliContext): CliContext {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-replay-"));
  fs.copyFileSync(path.join(given.root, "Pulumi.yaml"), path.join(root, "Pulumi.yaml"));
  // JSON is YAML.
  const config = JSON.stringify({ config: evidence.config });
  fs.writeFileSync(path.join(root, `Pulumi.${evidence.stack}.yaml`), config);

  const left = [...evidence.calls];
  /** The next call with this input; else, as names and times differ, the next one of this name. */
  const take = (call: string, input?: unknown): RecordedCall => {
    const named = left.filter((one) => one.call === call);
    const same = named.find((one) => JSON.stringify(one.input) === JSON.stringify(input));
    const found = same ?? named[0];
    if (!found) throw new UserError(`The evidence has no answer for ${call}.`);
    // A read may be repeated more often than it was recorded.
    if (named.length > 1) left.splice(left.indexOf(found), 1);
    return found;
  };
  const aws: AwsApi = {
    call: async <T>(...[service, operation, input]: Parameters<AwsApi["call"]>) => {
      const { output, error } = take(`${service} ${operation}`, input);
      if (error) throw new AwsApiError(service, operation, error.code, error.message);
      return (output ?? {}) as T;
    },
  };
  return {
    ...given,
    root,
    aws: () => aws,
    runProgram: async (program, args) =>
      take(`${program} ${args.join(" ")}`).output as ProgramResult,
  };
}
