import { Failure } from "../core/failure";
import { AwsError, awsCall } from "../../lambdas/identity-provider/stores/aws-json";
import { formatAddress, parseCidr } from "../../lib/ipv4";
import type { IdentityAnswer } from "../../lib/home-mappings";
import type { Running } from "../../twin/running";
import { awsCredentials } from "../users/aws-place";
import type { TemporaryUser } from "./visitor";

/** What came of the test login. */
export type LoginTest =
  | { readonly kind: "granted"; readonly answer: IdentityAnswer }
  /** The identity provider was asked, and said no. */
  | { readonly kind: "refused" }
  /** It could not be asked, or gave no answer that Transfer Family takes. */
  | { readonly kind: "failed"; readonly status: number; readonly message: string };

/** Asks Transfer Family to ask a server's identity provider (Transfer API, TestIdentityProvider). */
export interface LoginClient {
  /**
   * @param user - Undefined: a user that nobody knows, to be refused.
   * @param from - The address the login comes from, or a block that it lies in.
   * @throws Failure when Transfer Family could not be asked.
   */
  test(serverId: string, user: TemporaryUser | undefined, from: string): Promise<LoginTest>;
}

/** The password goes in the body of a signed request: the AWS CLI would want it on its command line. */
export function loginClient(
  region: string,
  running: Running | undefined,
  env: NodeJS.ProcessEnv,
): LoginClient {
  return {
    async test(serverId, user, from) {
      const credentials = running
        ? { accessKeyId: "TWIN", secretAccessKey: "twin" }
        : await awsCredentials(region);
      const endpoint = running?.reads ?? env.AWS_ENDPOINT_URL_TRANSFER;
      const service = { name: "transfer", target: "TransferService", version: "1.1", endpoint };
      // API Gateway gives up after 29 seconds, and Transfer Family after that.
      const call = awsCall(service, { region, credentials, timeoutMs: 20_000, attempts: 2 });
      try {
        return read(
          await call("TestIdentityProvider", {
            ServerId: serverId,
            ServerProtocol: "FTP",
            SourceIp: addressIn(from),
            UserName: user?.name ?? "verify-nobody",
            UserPassword: user?.password ?? "nobody-has-this",
          }),
        );
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        throw new Failure(`Transfer Family did not make the test login: ${error.message}.`);
      }
    },
  };
}

function read(answer: Record<string, unknown>): LoginTest {
  const { Response, StatusCode, Message } = answer as Record<string, string | number | undefined>;
  const status = Number(StatusCode);
  if (status !== 200) return { kind: "failed", status, message: String(Message ?? "") };
  let document: Record<string, unknown>;
  try {
    document = JSON.parse(String(Response || "{}")) as Record<string, unknown>;
  } catch {
    return { kind: "failed", status, message: "the answer is not JSON" };
  }
  const text = (name: string) => (typeof document[name] === "string" ? document[name] : undefined);
  const role = text("Role");
  if (!role) return { kind: "refused" };
  return {
    kind: "granted",
    answer: {
      role,
      homeDirectoryType: document.HomeDirectoryType === "LOGICAL" ? "LOGICAL" : "PATH",
      homeDirectory: text("HomeDirectory"),
      homeDirectoryDetails: text("HomeDirectoryDetails"),
      policy: text("Policy"),
    },
  };
}

/** Not the first address of a block, which is nobody's. */
function addressIn(from: string): string {
  const block = parseCidr(from);
  return block && block.prefix < 31 ? formatAddress(block.base + 2) : from.split("/")[0];
}
