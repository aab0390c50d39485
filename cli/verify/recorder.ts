import type { AwsApi } from "../core/aws";
import type { CliContext } from "../core/context";
import { UserError } from "../core/errors";
import type { SoracomView, ViewResult } from "../status/views";
import type { RecordedCall, RecordedLog } from "./evidence";

/** Outputs of a site that name log groups. */
const logGroups = ["serverLogGroup", "loginLogGroup", "uploadLogGroup", "canaryLogGroup"];

/** Lines of each log group that are recorded at most, of the last hour. */
const maxLines = 200;

/** Records the replies that a verification reads. */
export class Recorder {
  readonly calls: RecordedCall[] = [];
  soracom?: ViewResult<SoracomView>;

  /** A context that works as the given one, and is recorded. */
  context(given: CliContext): CliContext {
    return {
      ...given,
      aws: (target) => this.api(given.aws(target)),
      runProgram: async (program, args, timeoutMs) => {
        const started = performance.now();
        const output = await given.runProgram(program, args, timeoutMs);
        this.add(`${program} ${args.join(" ")}`, started, { output });
        return output;
      },
    };
  }

  private api(api: AwsApi): AwsApi {
    return {
      call: async <T>(...[service, operation, input]: Parameters<AwsApi["call"]>) => {
        const started = performance.now();
        const call = `${service} ${operation}`;
        // Records of users have hashes of passwords.
        const isRead = service !== "DynamoDB";
        try {
          const output = await api.call<T>(service, operation, input);
          this.add(call, started, isRead ? { input, output } : {});
          return output;
        } catch (error) {
          const { code = "", message } = error as UserError;
          this.add(call, started, { input: isRead ? input : undefined, error: { code, message } });
          throw error;
        }
      },
    };
  }

  private add(call: string, started: number, result: Partial<RecordedCall>): void {
    const milliseconds = Math.round(performance.now() - started);
    this.calls.push({ call, ...result, milliseconds });
  }
}

/** The last hour of each of a site's log groups. */
export async function readLogs(
  api: AwsApi,
  outputs: Readonly<Record<string, unknown>>,
  now: number,
): Promise<Record<string, RecordedLog>> {
  const logs: Record<string, RecordedLog> = {};
  for (const name of logGroups.filter((candidate) => outputs[candidate] !== undefined)) {
    const input = {
      logGroupName: outputs[name],
      startTime: (now - 3600) * 1000,
      limit: maxLines,
    };
    try {
      const { events = [] } = await api.call<{ events?: RecordedLog["lines"] }>(
        "CloudWatchLogs",
        "FilterLogEvents",
        input,
      );
      logs[name] = {
        lines: events.map(({ timestamp, message }) => ({ timestamp, message })),
      };
    } catch (error) {
      logs[name] = { error: (error as Error).message };
    }
  }
  return logs;
}
