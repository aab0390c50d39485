/** The function's environment, read once into typed settings. The stack sets it. */
import { parseCidr } from "../../lib/ipv4";
import type { Rules } from "./authenticate";
import { areAcceptable, defaultParameters, type ScryptParameters } from "./password";

/**
 * What the stack sets. In addition the function reads what Lambda itself sets (AWS_REGION,
 * AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_LAMBDA_FUNCTION_NAME), and
 * AWS_ENDPOINT_URL_DYNAMODB and AWS_ENDPOINT_URL_SECRETS_MANAGER, which the AWS SDKs know too.
 */
export interface Environment {
  /** The user table; with USER_STORE=secretsmanager still the table of servers and failures. */
  TABLE_NAME: string;
  /** ARN of the role Transfer Family assumes for every user. */
  FILE_ROLE_ARN: string;
  BUCKET_NAME: string;
  BUCKET_ARN: string;
  /** ARN of the bucket's KMS key; leave out for S3's own keys. */
  KMS_KEY_ARN?: string;
  /** Key prefix of the homes. Default `users`. */
  HOME_PREFIX?: string;
  /** Key prefix the targets of further mappings must lie in. Default `shared`. */
  SHARED_PREFIX?: string;
  /** Blocks users without their own list may log in from, by commas. Default 100.64.0.0/10. */
  ALLOWED_CIDR?: string;
  /** Protocols users may log in by, by commas. Default `FTP`. */
  PROTOCOLS?: string;
  /** `dynamodb` (default) or `secretsmanager`. */
  USER_STORE?: string;
  /** What the secrets' names begin with, before `<serverId>/<user>`. Default `aws/transfer/`. */
  SECRET_PREFIX?: string;
  /** Failures of a name from one address that lock it there. Default 5. */
  LOCKOUT_FAILURES?: string;
  /** Failures of a name from anywhere that lock it everywhere. Default 100. */
  LOCKOUT_USER_FAILURES?: string;
  /** Seconds failures count, and a lock lasts. Default 900. */
  LOCKOUT_WINDOW_SECONDS?: string;
  /** Seconds a verified login is remembered; 0 for not at all. Default 900. */
  REMEMBER_SECONDS?: string;
  /** N of new hashes, as a power of two. Default 14. */
  SCRYPT_LN?: string;
  /** Milliseconds one call of a store may take. Default 1500. */
  STORE_TIMEOUT_MS?: string;
  /** Times a call of a store is tried. Default 3. */
  STORE_ATTEMPTS?: string;
  /**
   * Read by Node itself: `1` is right for a function. Each thread of its pool keeps the 16 MiB of the hash it
   * made last, so with the usual four the process grows to 118 MiB in place of 70.
   */
  UV_THREADPOOL_SIZE?: string;
}

/** Access keys that sign calls. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** How AWS is called. */
export interface AwsSettings {
  readonly region: string;
  readonly credentials: Credentials;
  readonly dynamodbEndpoint?: string;
  readonly secretsManagerEndpoint?: string;
  readonly timeoutMs: number;
  readonly attempts: number;
}

/** All of it. */
export interface Settings {
  readonly tableName: string;
  readonly userStore: "dynamodb" | "secretsmanager";
  readonly secretPrefix: string;
  readonly rules: Rules;
  readonly rememberSeconds: number;
  readonly scrypt: ScryptParameters;
  readonly aws: AwsSettings;
}

/** The environment is not one the function can work with; the message names variables, never values. */
export class BadSettings extends Error {
  override readonly name = "BadSettings";
}

/**
 * The settings in an environment.
 *
 * @throws BadSettings naming every variable that is missing or makes no sense.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const bad: string[] = [];
  const optional = (name: string) => environment[name] || undefined;
  const required = (name: string) => optional(name) ?? (bad.push(name), "");
  const whole = (name: string, standard: number, least: number, most: number) => {
    const text = optional(name) ?? String(standard);
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) bad.push(name);
    return value;
  };
  const words = (name: string, standard: string, isWord: (word: string) => boolean) => {
    const found = (optional(name) ?? standard).split(",").map((word) => word.trim());
    if (!found.every(isWord)) bad.push(name);
    return found;
  };
  const prefix = (name: string, standard: string) => {
    const text = optional(name) ?? standard;
    if (!/^[\w.-]+(\/[\w.-]+)*$/.test(text)) bad.push(name);
    return text;
  };

  const userStore = optional("USER_STORE") ?? "dynamodb";
  if (userStore !== "dynamodb" && userStore !== "secretsmanager") bad.push("USER_STORE");
  const scrypt = { ...defaultParameters, N: 2 ** whole("SCRYPT_LN", 14, 12, 16) };
  if (!areAcceptable(scrypt)) bad.push("SCRYPT_LN");
  const settings: Settings = {
    tableName: required("TABLE_NAME"),
    userStore: userStore as Settings["userStore"],
    secretPrefix: optional("SECRET_PREFIX") ?? "aws/transfer/",
    rules: {
      roleArn: required("FILE_ROLE_ARN"),
      space: {
        bucketName: required("BUCKET_NAME"),
        bucketArn: required("BUCKET_ARN"),
        kmsKeyArn: optional("KMS_KEY_ARN"),
        homePrefix: prefix("HOME_PREFIX", "users"),
        sharedPrefix: prefix("SHARED_PREFIX", "shared"),
      },
      allowedCidrs: words("ALLOWED_CIDR", "100.64.0.0/10", (word) => parseCidr(word) !== undefined),
      protocols: words("PROTOCOLS", "FTP", (word) => /^(FTP|FTPS|SFTP)$/.test(word)),
      lockout: {
        addressFailures: whole("LOCKOUT_FAILURES", 5, 1, 1_000_000),
        nameFailures: whole("LOCKOUT_USER_FAILURES", 100, 1, 1_000_000),
        windowSeconds: whole("LOCKOUT_WINDOW_SECONDS", 900, 1, 86_400),
      },
    },
    rememberSeconds: whole("REMEMBER_SECONDS", 900, 0, 3600),
    scrypt,
    aws: {
      region: required("AWS_REGION"),
      credentials: {
        accessKeyId: required("AWS_ACCESS_KEY_ID"),
        secretAccessKey: required("AWS_SECRET_ACCESS_KEY"),
        sessionToken: optional("AWS_SESSION_TOKEN"),
      },
      dynamodbEndpoint: optional("AWS_ENDPOINT_URL_DYNAMODB"),
      secretsManagerEndpoint: optional("AWS_ENDPOINT_URL_SECRETS_MANAGER"),
      timeoutMs: whole("STORE_TIMEOUT_MS", 1500, 50, 20_000),
      attempts: whole("STORE_ATTEMPTS", 3, 1, 10),
    },
  };
  const { homePrefix, sharedPrefix } = settings.rules.space;
  // A shared folder that holds homes, or lies in one, would undo what separates users.
  if (
    `${homePrefix}/`.startsWith(`${sharedPrefix}/`) ||
    `${sharedPrefix}/`.startsWith(`${homePrefix}/`)
  ) {
    bad.push("SHARED_PREFIX");
  }
  if (bad.length > 0) {
    throw new BadSettings(`Missing or unusable: ${[...new Set(bad)].sort().join(", ")}`);
  }
  return settings;
}
