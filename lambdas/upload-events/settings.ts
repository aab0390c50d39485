/** The function's environment, read once into typed settings. The stack sets it. */
import { readCredentials } from "../shared/credentials";
import { EnvironmentReader } from "../shared/environment";
import type { InvokeSettings } from "./invoke-function";
import type { S3Settings } from "./s3";

/**
 * The variables that the stack sets. The function also reads those that Lambda sets (AWS_REGION, the AWS_… keys,
 * AWS_LAMBDA_FUNCTION_NAME), and AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL_LAMBDA, as the AWS SDKs do.
 */
export interface Environment {
  /** The bucket devices upload to. */
  BUCKET_NAME: string;
  /** The bucket of the log. */
  LOG_BUCKET_NAME: string;
  /** ARN of a Lambda function to invoke for each file. Default: the function in your-function.ts. */
  USER_FUNCTION_ARN?: string;
  /** Largest file whose contents are read to check them, in MiB. Default 64; 0 for none. */
  CHECKSUM_MIB?: string;
}

export interface Settings {
  readonly bucket: string;
  readonly logBucket: string;
  readonly checksumBytes: number;
  readonly s3: S3Settings;
  /** Undefined without a Lambda function of the user's. */
  readonly userFunction?: InvokeSettings;
}

/**
 * The settings in an environment.
 *
 * @throws BadSettings that names every variable that is missing or not valid.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const read = new EnvironmentReader(environment);
  const region = read.required("AWS_REGION");
  const credentials = readCredentials(read);
  const functionArn = read.optional("USER_FUNCTION_ARN");
  const settings: Settings = {
    bucket: read.required("BUCKET_NAME"),
    logBucket: read.required("LOG_BUCKET_NAME"),
    checksumBytes: read.wholeNumber("CHECKSUM_MIB", 64, 0, 99_999) * 1024 * 1024,
    s3: {
      ...{ region, credentials, timeoutMs: 20_000, attempts: 3 },
      endpoint: read.optional("AWS_ENDPOINT_URL_S3"),
    },
    ...(functionArn !== undefined && {
      userFunction: {
        ...{ functionArn, region, credentials, timeoutMs: 50_000 },
        endpoint: read.optional("AWS_ENDPOINT_URL_LAMBDA"),
      },
    }),
  };
  read.check();
  return settings;
}
