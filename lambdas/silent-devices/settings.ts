/** The function's environment, read into typed settings. The stack sets it. */
import { type Credentials, readCredentials } from "../shared/credentials";
import { EnvironmentReader } from "../shared/environment";

/** The variables that the stack sets. The function also reads AWS_REGION and the AWS_… keys, which Lambda sets. */
export interface Environment {
  /** Name of the stack, for the subject. */
  STACK: string;
  /** Database of the log in Athena's catalog. */
  DATABASE: string;
  /** Workgroup of the query. */
  WORKGROUP: string;
  /** Topic that receives the report. */
  TOPIC_ARN: string;
  /** Hours without a file after which a device is silent. Default 24. */
  SILENT_HOURS?: string;
}

export interface Settings {
  readonly stack: string;
  readonly database: string;
  readonly workgroup: string;
  readonly topicArn: string;
  readonly silentSeconds: number;
  readonly region: string;
  readonly credentials: Credentials;
  /** URLs in place of the region's own. */
  readonly endpoints: { readonly athena?: string; readonly sns?: string };
}

/**
 * The settings in an environment.
 *
 * @throws BadSettings that names every variable that is missing or not valid.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const read = new EnvironmentReader(environment);
  const settings: Settings = {
    stack: read.required("STACK"),
    database: read.required("DATABASE"),
    workgroup: read.required("WORKGROUP"),
    topicArn: read.required("TOPIC_ARN"),
    silentSeconds: read.wholeNumber("SILENT_HOURS", 24, 1, 720) * 3600,
    region: read.required("AWS_REGION"),
    credentials: readCredentials(read),
    endpoints: {
      athena: read.optional("AWS_ENDPOINT_URL_ATHENA"),
      sns: read.optional("AWS_ENDPOINT_URL_SNS"),
    },
  };
  read.check();
  return settings;
}
