import { summarizeDeployedLog } from "../../lambdas/silent-devices/athena-log";
import { type DeviceSummary, silentSeconds } from "../../lambdas/silent-devices/device-summary";
import { queryPrefix } from "../../lambdas/upload-events/upload-row";
import { describeDuration } from "../../lib/duration";
import type { CliContext } from "../core/context";
import { exitCodes, UserError } from "../core/errors";
import { Output } from "../core/output";
import { readAllOutputs, readStackFile } from "../core/stack";
import { formatTable } from "../core/table";
import { summarizeTwinLog } from "./twin-log";

export interface UploadsOptions {
  readonly stack: string;
  /** The twin's data folder; undefined for the deployed stack. */
  readonly data?: string;
  /** Seconds of the log that are read. */
  readonly since: number;
  /** Seconds after which a device is silent; undefined: all devices are listed. */
  readonly silent?: number;
  readonly json?: boolean;
}

/**
 * Lists the devices of a log. With `silent` only those without a file for so long.
 *
 * @returns the exit code: 1 when `silent` is given and a device is
 */
export async function listUploads(options: UploadsOptions, context: CliContext): Promise<number> {
  const { since, silent, json = false } = options;
  const now = context.now();
  const all = await summarize(options, now - since, context);
  const devices = all
    .map((device) => ({ ...device, silentSeconds: silentSeconds(device, now) }))
    .filter((device) => silent === undefined || (device.silentSeconds ?? Infinity) >= silent);
  new Output(context, json).result({ devices }, describe(devices, all.length, silent));
  return silent !== undefined && devices.length > 0 ? exitCodes.failed : exitCodes.ok;
}

async function summarize(
  { stack, data }: UploadsOptions,
  since: number,
  context: CliContext,
): Promise<DeviceSummary[]> {
  if (data !== undefined) return summarizeTwinLog(data, since);
  const outputs = await readAllOutputs(stack, context);
  const { uploadDatabase: database, uploadLogBucket: logBucket } = outputs;
  if (typeof database !== "string" || typeof logBucket !== "string") {
    throw new UserError(
      `Stack ${stack} has no log of uploads: it is not deployed, or its canal-ftp:uploadEvents is false. For the twin's log give --twin.`,
    );
  }
  const { region = "ap-northeast-1", awsProfile } = readStackFile(context.root, stack);
  const aws = context.aws({ region, profile: awsProfile });
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 500));
  const run = {
    ResultConfiguration: { OutputLocation: `s3://${logBucket}/${queryPrefix}/` },
  };
  return summarizeDeployedLog(
    (operation, input) => aws.call("Athena", operation, input),
    { database, run },
    since,
    pause,
  );
}

type Shown = DeviceSummary & { readonly silentSeconds?: number };

/** Control characters in names of files must not reach the terminal. */
const printable = (text: string) => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, "?");

function describe(devices: readonly Shown[], count: number, silent: number | undefined): string[] {
  if (devices.length === 0) {
    return silent === undefined || count === 0
      ? ["The log has no uploads of this time."]
      : [`None of ${count} devices is silent.`];
  }
  const rows = devices.map(({ device, lastFile = "", silentSeconds: length, ...rest }) => [
    device,
    rest.lastUpload?.slice(0, 19) ?? "never",
    length === undefined ? "" : describeDuration(length),
    ...[rest.files, rest.bytes, rest.failed].map(String),
    printable(lastFile),
  ]);
  const heads = ["device", "last upload (UTC)", "silent", "files", "bytes", "failed", "last file"];
  return formatTable(heads, rows).trimEnd().split("\n");
}
