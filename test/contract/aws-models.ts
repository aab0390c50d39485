import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const cache = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache");
const python =
  process.env.AWS_MODELS ?? path.join(cache, "canal-ftp", "aws-models", "bin", "python");

/** Why AWS's models cannot be read here; undefined when they can. */
export const whyNoModels = fs.existsSync(python)
  ? undefined
  : `a Python with cfn-lint and botocore is neither in AWS_MODELS nor ${python}; .ci/run installs one`;

/** What AWS publishes about actions. */
export interface PublishedActions {
  /** Actions of CloudFormation's handlers, by type; a type without a schema is left out. */
  readonly handlers: Readonly<Record<string, readonly string[]>>;
  /** ARN formats that an action accepts, none for all resources only; an action that does not exist is left out. */
  readonly authorization: Readonly<Record<string, readonly string[]>>;
}

export const publishedActions = (types: readonly string[], actions: readonly string[]) =>
  query<PublishedActions>({ types, actions });

/** One call of an AWS API, with botocore's names. */
export interface ApiCall {
  readonly service: string;
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What the services' models reject in each call. */
export const problemsOf = (calls: readonly ApiCall[]): string[][] =>
  query<{ problems: string[][] }>({ calls }).problems;

function query<T>(request: unknown): T {
  const script = path.join(__dirname, "aws_models.py");
  const input = JSON.stringify(request);
  const answer = execFileSync(python, [script], { input, maxBuffer: 1 << 26 });
  return JSON.parse(answer.toString()) as T;
}
