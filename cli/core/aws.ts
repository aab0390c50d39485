import { exitCodes, UserError } from "./errors";

/** The services of AWS that commands call, as the SDK names them. */
export type AwsService =
  | "Athena"
  | "CloudWatchLogs"
  | "DynamoDB"
  | "EC2"
  | "IAM"
  | "Lambda"
  | "S3"
  | "ServiceQuotas"
  | "SNS"
  | "STS"
  | "Transfer";

/** The endpoint and the credentials of calls to AWS. */
export interface AwsTarget {
  readonly region: string;
  /** A profile of the shared configuration files; undefined for the SDK's default credentials. */
  readonly profile?: string;
  /** URL in place of the region's own. */
  readonly endpoint?: string;
  /** Whether calls continue after the command is stopped: for writes, and for calls that undo them. */
  readonly ignoreStop?: boolean;
  /** Fixed credentials, for an endpoint that does not check them. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Calls operations of AWS. Inputs and outputs have the form of the service's API reference. */
export interface AwsApi {
  /**
   * @param operation - For example `DescribeRouteTables`.
   * @throws AwsApiError when AWS returns an error; UserError when AWS cannot be reached or there are no credentials.
   */
  call<T>(service: AwsService, operation: string, input?: object): Promise<T>;
  /** Seconds by which this machine's clock is ahead of a service's, at its last response; undefined before the first. */
  clockSkew?(service: AwsService): number | undefined;
}

/** Code of a UserError for missing, expired or rejected credentials. */
export const credentialsErrorCode = "aws-credentials";

/** An error that AWS returned. */
export class AwsApiError extends UserError {
  override readonly name = "AwsApiError";

  /** @param code - AWS's error code, for example `ResourceNotFoundException`. */
  constructor(
    service: AwsService,
    operation: string,
    override readonly code: string,
    message: string,
  ) {
    super(`AWS ${service} ${operation} failed: ${code}: ${message}`, exitCodes.failed, code);
  }
}

/** Joins the items in a field of the pages of an operation that returns a `NextToken`. */
export async function allPages<Item>(
  api: AwsApi,
  service: AwsService,
  operation: string,
  input: object,
  field: string,
): Promise<Item[]> {
  const items: Item[] = [];
  let token: unknown;
  do {
    const next = token === undefined ? {} : { NextToken: token };
    const page = await api.call<Record<string, unknown>>(service, operation, { ...input, ...next });
    items.push(...((page[field] as Item[] | undefined) ?? []));
    token = page.NextToken;
  } while (token);
  return items;
}
