/** The function's environment, read once into typed settings. The stack sets it. */
import type { S3Settings } from "./s3";

/**
 * What the stack sets. In addition the function reads what Lambda itself sets (AWS_REGION, the AWS_… keys,
 * AWS_LAMBDA_FUNCTION_NAME), and AWS_ENDPOINT_URL_S3, which the AWS SDKs know too.
 */
export interface Environment {
  /** The bucket devices upload to. */
  BUCKET_NAME: string;
  /** The bucket of the log. */
  LOG_BUCKET_NAME: string;
  /** Largest file whose contents are read to check them, in MiB. Default 64; 0 for none. */
  CHECKSUM_MIB?: string;
}

export interface Settings {
  readonly bucket: string;
  readonly logBucket: string;
  readonly checksumBytes: number;
  readonly s3: S3Settings;
}

/** The environment is not one the function can work with; the message names variables, never values. */
export class BadSettings extends Error {
  override readonly name = "BadSettings";
}

/**
 * The settings in an environment.
 *
 * @throws BadSettings naming every variable that is missing or makes no sense
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const bad: string[] = [];
  const optional = (name: string) => environment[name] || undefined;
  const required = (name: string) => optional(name) ?? (bad.push(name), "");
  const mebibytes = optional("CHECKSUM_MIB") ?? "64";
  if (!/^\d{1,5}$/.test(mebibytes)) bad.push("CHECKSUM_MIB");
  const settings: Settings = {
    bucket: required("BUCKET_NAME"),
    logBucket: required("LOG_BUCKET_NAME"),
    checksumBytes: Number(mebibytes) * 1024 * 1024,
    s3: {
      region: required("AWS_REGION"),
      credentials: {
        accessKeyId: required("AWS_ACCESS_KEY_ID"),
        secretAccessKey: required("AWS_SECRET_ACCESS_KEY"),
        sessionToken: optional("AWS_SESSION_TOKEN"),
      },
      endpoint: optional("AWS_ENDPOINT_URL_S3"),
      timeoutMs: 20_000,
      attempts: 3,
    },
  };
  if (bad.length > 0) throw new BadSettings(`Missing or unusable: ${bad.sort().join(", ")}`);
  return settings;
}
