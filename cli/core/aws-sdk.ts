/** Access to AWS by the AWS SDK: credentials, profiles, SSO and retries work as they do for every SDK client. */
import {
  AwsApiError,
  type AwsApi,
  type AwsService,
  type AwsTarget,
  credentialsErrorCode,
} from "./aws";
import { exitCodes, UserError } from "./errors";

// The user of the command cannot update the SDK; the project's own tests run on every supported Node.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const attempts = 4;

/** The SDK has no time-outs by default. Milliseconds. */
const timeouts = { connectionTimeout: 5000, requestTimeout: 30_000, throwOnRequestTimeout: true };

type Constructor = new (input: object) => unknown;
interface Client {
  send(command: unknown, options: { abortSignal?: AbortSignal }): Promise<unknown>;
  readonly middlewareStack: { add(middleware: Middleware, options: { step: "deserialize" }): void };
}
type Middleware = (
  next: (args: unknown) => Promise<{ response?: unknown }>,
) => (args: unknown) => Promise<{ response?: unknown }>;

/** Each service's client is a package, loaded when it is first called. */
const packages: Record<AwsService, () => Promise<unknown>> = {
  Athena: () => import("@aws-sdk/client-athena"),
  CloudWatchLogs: () => import("@aws-sdk/client-cloudwatch-logs"),
  DynamoDB: () => import("@aws-sdk/client-dynamodb"),
  EC2: () => import("@aws-sdk/client-ec2"),
  IAM: () => import("@aws-sdk/client-iam"),
  Lambda: () => import("@aws-sdk/client-lambda"),
  S3: () => import("@aws-sdk/client-s3"),
  ServiceQuotas: () => import("@aws-sdk/client-service-quotas"),
  SNS: () => import("@aws-sdk/client-sns"),
  STS: () => import("@aws-sdk/client-sts"),
  Transfer: () => import("@aws-sdk/client-transfer"),
};

/** @param stop - Aborts calls. */
export function sdkApi(target: AwsTarget, stop: AbortSignal): AwsApi {
  const { ignoreStop, ...config } = target;
  const clients = new Map<AwsService, Client>();
  const skews = new Map<AwsService, number>();
  return {
    async call<T>(service: AwsService, operation: string, input: object = {}): Promise<T> {
      const sdk = (await packages[service]()) as Record<string, Constructor>;
      let client = clients.get(service);
      if (!client) {
        client = new sdk[`${service}Client`]({
          ...config,
          maxAttempts: attempts,
          requestHandler: timeouts,
          // A bucket can be in another region than the stack.
          ...(service === "S3" ? { followRegionRedirects: true } : {}),
        }) as Client;
        client.middlewareStack.add(
          (next) => async (args) => {
            const result = await next(args);
            const time = timeOf(result.response);
            if (time !== undefined) skews.set(service, (Date.now() - time) / 1000);
            return result;
          },
          { step: "deserialize" },
        );
        clients.set(service, client);
      }
      try {
        return (await client.send(new sdk[`${operation}Command`](input), {
          abortSignal: ignoreStop ? undefined : stop,
        })) as T;
      } catch (error) {
        throw explain(error as Error, service, operation, target);
      }
    },
    clockSkew: (service) => skews.get(service),
  };
}

/** The time in an HTTP response's header Date, in epoch milliseconds. */
function timeOf(response: unknown): number | undefined {
  const { headers } = (response ?? {}) as { headers?: Record<string, string> };
  const time = Date.parse(headers?.date ?? "");
  return Number.isNaN(time) ? undefined : time;
}

const expired = /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenProviderError)$/;
const rejected =
  /^(InvalidClientTokenId|UnrecognizedClientException|AuthFailure|SignatureDoesNotMatch|InvalidAccessKeyId)$/;
const unreachable = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|TimeoutError/;

/** The SDK's error as one with a remedy. */
export function explain(
  error: Error,
  service: AwsService,
  operation: string,
  { profile }: AwsTarget,
): UserError {
  const { name, message } = error;
  const as = profile === undefined ? "" : ` for profile ${profile}`;
  if (name === "CredentialsProviderError") {
    return credentialsError(
      `There are no AWS credentials${as} (${message}): set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with aws sso login.`,
    );
  }
  if (expired.test(name)) {
    return credentialsError(
      `The AWS credentials${as} have expired: renew them, or log in with aws sso login.`,
    );
  }
  if (rejected.test(name)) {
    return credentialsError(`AWS rejects the credentials${as}: ${message}`);
  }
  if (name === "AbortError") return new UserError("Stopped.");
  if (unreachable.test(`${name} ${(error as NodeJS.ErrnoException).code} ${message}`)) {
    return new UserError(`AWS ${service} cannot be reached: ${message}`);
  }
  return new AwsApiError(service, operation, name, message);
}

function credentialsError(message: string): UserError {
  return new UserError(message, exitCodes.failed, credentialsErrorCode);
}
