/** The function's environment, read once into typed settings. The stack sets it. */
import { randomBytes } from "node:crypto";
import { parseCidr } from "../../lib/ipv4";
import { EnvironmentReader } from "../shared/environment";
import { type Credentials, readCredentials } from "../shared/credentials";
import type { Rules } from "./decision";
import { isSecretName, usualSecretName } from "./stores/secret-name";
import { areAcceptable, defaultParameters, type ScryptParameters } from "./password";

/**
 * The variables that the stack sets. The function also reads those that Lambda sets (AWS_REGION, AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_LAMBDA_FUNCTION_NAME), and AWS_ENDPOINT_URL_DYNAMODB and
 * AWS_ENDPOINT_URL_SECRETS_MANAGER, as the AWS SDKs do.
 */
export interface Environment {
  /** The user table; with USER_STORE=secretsmanager the table of servers and failures. */
  TABLE_NAME: string;
  /** ARN of the role that Transfer Family assumes for every user. */
  FILE_ROLE_ARN: string;
  BUCKET_NAME: string;
  BUCKET_ARN: string;
  /** ARN of the bucket's KMS key. Default: S3's own keys. */
  KMS_KEY_ARN?: string;
  /** Key prefix of the homes. Default `users`. */
  HOME_PREFIX?: string;
  /** Key prefix that contains the targets of all further mappings. Default `shared`. */
  SHARED_PREFIX?: string;
  /** Blocks from which users without a list of their own may log in, separated by commas. Default 100.64.0.0/10. */
  ALLOWED_CIDR?: string;
  /** Protocols of logins, separated by commas. Default `FTP`. */
  PROTOCOLS?: string;
  /** `dynamodb` (default) or `secretsmanager`. */
  USER_STORE?: string;
  /** Names of the users' secrets, with `{user}` at the end. Default `aws/transfer/{server}/{user}`. */
  SECRET_NAME?: string;
  /** Failures of a name from one address that lock it there. Default 5. */
  LOCKOUT_FAILURES?: string;
  /** Failures of a name from all addresses that lock it everywhere. Default 100. */
  LOCKOUT_USER_FAILURES?: string;
  /** Seconds for which failures count and a lock lasts. Default 900. */
  LOCKOUT_WINDOW_SECONDS?: string;
  /**
   * Seconds for which a verified password is accepted without a hash, and in spite of a lock; 0: never. Default
   * 604800.
   */
  REMEMBER_SECONDS?: string;
  /**
   * Secret key of the digests in the table and in the log, 16 characters or more. Default: a random key of this
   * process, whose digests are not valid in other processes.
   */
  LOGIN_KEY?: string;
  /** N of new hashes, as an exponent of two. Default 14. */
  SCRYPT_LN?: string;
  /** Timeout of one call of a store in milliseconds. Default 1500. */
  STORE_TIMEOUT_MS?: string;
  /** Maximum attempts of a call of a store. Default 3. */
  STORE_ATTEMPTS?: string;
  /**
   * Read by Node: set it to `1` for a function. Each thread of Node's pool retains the 16 MiB of its last hash, so
   * with the default of four threads the process uses 118 MiB instead of 70.
   */
  UV_THREADPOOL_SIZE?: string;
}

/** The connection to AWS. */
export interface AwsSettings {
  readonly region: string;
  readonly credentials: Credentials;
  readonly dynamodbEndpoint?: string;
  readonly secretsManagerEndpoint?: string;
  readonly timeoutMs: number;
  readonly attempts: number;
}

/** The function's settings. */
export interface Settings {
  readonly tableName: string;
  readonly userStore: "dynamodb" | "secretsmanager";
  readonly secretName: string;
  readonly rules: Rules;
  readonly loginKey: string;
  readonly scrypt: ScryptParameters;
  readonly aws: AwsSettings;
}

/**
 * The settings in an environment.
 *
 * @throws BadSettings that names every variable that is missing or not valid.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const read = new EnvironmentReader(environment);
  const words = (name: string, standard: string, isWord: (word: string) => boolean) => {
    const found = (read.optional(name) ?? standard).split(",").map((word) => word.trim());
    if (!found.every(isWord)) read.refuse(name);
    return found;
  };
  const prefix = (name: string, standard: string) => {
    const text = read.optional(name) ?? standard;
    if (!/^[\w.-]+(\/[\w.-]+)*$/.test(text)) read.refuse(name);
    return text;
  };

  const userStore = read.optional("USER_STORE") ?? "dynamodb";
  if (userStore !== "dynamodb" && userStore !== "secretsmanager") read.refuse("USER_STORE");
  const scrypt = { ...defaultParameters, N: 2 ** read.wholeNumber("SCRYPT_LN", 14, 12, 16) };
  if (!areAcceptable(scrypt)) read.refuse("SCRYPT_LN");
  const secretName = read.optional("SECRET_NAME") ?? usualSecretName;
  if (!isSecretName(secretName)) read.refuse("SECRET_NAME");
  const settings: Settings = {
    tableName: read.required("TABLE_NAME"),
    userStore: userStore as Settings["userStore"],
    secretName,
    rules: {
      roleArn: read.required("FILE_ROLE_ARN"),
      space: {
        bucketName: read.required("BUCKET_NAME"),
        bucketArn: read.required("BUCKET_ARN"),
        kmsKeyArn: read.optional("KMS_KEY_ARN"),
        homePrefix: prefix("HOME_PREFIX", "users"),
        sharedPrefix: prefix("SHARED_PREFIX", "shared"),
      },
      allowedCidrs: words("ALLOWED_CIDR", "100.64.0.0/10", (word) => parseCidr(word) !== undefined),
      protocols: words("PROTOCOLS", "FTP", (word) => /^(FTP|FTPS|SFTP)$/.test(word)),
      lockout: {
        addressFailures: read.wholeNumber("LOCKOUT_FAILURES", 5, 1, 1_000_000),
        nameFailures: read.wholeNumber("LOCKOUT_USER_FAILURES", 100, 1, 1_000_000),
        windowSeconds: read.wholeNumber("LOCKOUT_WINDOW_SECONDS", 900, 1, 86_400),
      },
      rememberSeconds: read.wholeNumber("REMEMBER_SECONDS", 604_800, 0, 2_592_000),
    },
    loginKey: read.optional("LOGIN_KEY") ?? randomBytes(24).toString("base64"),
    scrypt,
    aws: {
      region: read.required("AWS_REGION"),
      credentials: readCredentials(read),
      dynamodbEndpoint: read.optional("AWS_ENDPOINT_URL_DYNAMODB"),
      secretsManagerEndpoint: read.optional("AWS_ENDPOINT_URL_SECRETS_MANAGER"),
      timeoutMs: read.wholeNumber("STORE_TIMEOUT_MS", 1500, 50, 20_000),
      attempts: read.wholeNumber("STORE_ATTEMPTS", 3, 1, 10),
    },
  };
  if (settings.loginKey.length < 16) read.refuse("LOGIN_KEY");
  const { homePrefix, sharedPrefix } = settings.rules.space;
  // A shared folder that contains homes, or is inside one, would give users access to each other's files.
  if (
    `${homePrefix}/`.startsWith(`${sharedPrefix}/`) ||
    `${sharedPrefix}/`.startsWith(`${homePrefix}/`)
  ) {
    read.refuse("SHARED_PREFIX");
  }
  read.check();
  return settings;
}
