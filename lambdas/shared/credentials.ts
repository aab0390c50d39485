import type { EnvironmentReader } from "./environment";

/** Access keys that sign requests to AWS. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The keys of the function's role, as Lambda sets them. */
export function readCredentials(read: EnvironmentReader): Credentials {
  return {
    accessKeyId: read.required("AWS_ACCESS_KEY_ID"),
    secretAccessKey: read.required("AWS_SECRET_ACCESS_KEY"),
    sessionToken: read.optional("AWS_SESSION_TOKEN"),
  };
}
