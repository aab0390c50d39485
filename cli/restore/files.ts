import pLimit from "p-limit";

import { findRunning } from "../../twin/running";
import type { AwsApi } from "../core/aws";
import type { CliContext } from "../core/context";
import { exitCodes, UserError } from "../core/errors";
import { Output } from "../core/output";
import { readAllOutputs, readStackFile } from "../core/stack";
import { copyVersion, listVersions } from "./bucket";
import { Journal } from "./journal";
import { type Plan, planRestore, type Step } from "./plan";

export interface RestoreFilesOptions {
  readonly stack: string;
  readonly user: string;
  /** Folder or file below the user's home. */
  readonly path?: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Restore; without it the plan is printed. */
  readonly yes?: boolean;
  /** The twin's data folder; undefined for the deployed stack. */
  readonly data?: string;
  readonly json?: boolean;
}

/** Copies at a time. */
const concurrency = 8;

/**
 * Restores the files of a user to a time. Nothing is deleted: current files become older versions.
 *
 * @returns the exit code: 1 when a file could not be restored
 */
export async function restoreFiles(
  options: RestoreFilesOptions,
  context: CliContext,
): Promise<number> {
  const { user, path = "", at, yes, json = false } = options;
  const { aws, bucket } = await target(options, context);
  const prefix = `users/${user}/${path.replace(/^\/+/, "")}`;
  const plan = planRestore(await listVersions(aws, bucket, prefix), at);
  const output = new Output(context, json);
  if (!yes) {
    output.result({ ...plan, restored: 0 }, describePlan(plan, at));
    return exitCodes.ok;
  }
  const journal = Journal.open([bucket, prefix, String(at)]);
  const failures: string[] = [];
  let [restored, before] = [0, 0];
  const limit = pLimit(concurrency);
  await Promise.all(
    plan.steps.map((step) =>
      limit(async () => {
        if (context.stop.aborted) return;
        if (journal.has(step.versionId, step.key)) return void before++;
        try {
          await copyVersion(aws, bucket, step);
          journal.add(step.versionId, step.key);
          restored++;
          if (restored % 100 === 0) context.error(`${restored} of ${plan.steps.length} files\n`);
        } catch (error) {
          failures.push(`${step.key}: ${(error as Error).message}`);
        }
      }),
    ),
  );
  const rest = plan.steps.length - before - restored;
  if (rest === 0) journal.remove();
  output.result({ ...plan, restored, before, failures }, [
    `${restored} files restored${before > 0 ? `, ${before} by an earlier run` : ""}.`,
    ...failures,
    ...(rest > 0 ? [`${rest} files are not restored: run the same command again.`] : []),
  ]);
  return rest === 0 ? exitCodes.ok : exitCodes.failed;
}

/** The bucket, and how it is reached. */
async function target(
  { stack, data }: RestoreFilesOptions,
  context: CliContext,
): Promise<{ aws: AwsApi; bucket: string }> {
  const { region = "ap-northeast-1", awsProfile } = readStackFile(context.root, stack);
  if (data === undefined) {
    const { bucket } = await readAllOutputs(stack, context);
    if (typeof bucket === "string")
      return { aws: context.aws({ region, profile: awsProfile }), bucket };
    throw new UserError(
      `Stack ${stack} has no output bucket: it is not deployed. For the twin's files give --twin.`,
    );
  }
  const running = await findRunning(data);
  if (running === undefined) {
    throw new UserError(
      `No twin runs in ${data}: start it with npm start, or give its folder with --data.`,
    );
  }
  const credentials = { accessKeyId: "TWIN", secretAccessKey: "twin" };
  return {
    aws: context.aws({ region, endpoint: running.s3, credentials }),
    bucket: running.bucket,
  };
}

/** Lines of the plan that are shown. */
const shownSteps = 20;

/** Control characters in names of files must not reach the terminal. */
const printable = (text: string) => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, "?");

function describePlan({ steps, unchanged, newer }: Plan, at: number): string[] {
  const line = ({ key, size, because }: Step) => `  ${printable(key)}  ${size} bytes, ${because}`;
  const bytes = steps.reduce((sum, { size }) => sum + size, 0);
  return [
    `As of ${new Date(at).toISOString()}: ${steps.length} files to restore (${bytes} bytes), ${unchanged} unchanged, ${newer} newer, which stay.`,
    ...steps.slice(0, shownSteps).map(line),
    ...(steps.length > shownSteps ? [`  and ${steps.length - shownSteps} more`] : []),
    ...(steps.length > 0 ? ["Nothing was changed. Add --yes to restore them."] : []),
  ];
}
