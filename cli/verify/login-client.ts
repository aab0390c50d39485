import type { AwsApi } from "../core/aws";
import { type IdentityAnswer } from "../../lib/home-mappings";
import { formatAddress, parseCidr } from "../../lib/ipv4";
import type { TemporaryUser } from "./test-user";

/** Result of the test login. */
export type LoginTest =
  | { readonly kind: "granted"; readonly answer: IdentityAnswer }
  /** The identity provider denied the login. */
  | { readonly kind: "refused" }
  /** The identity provider could not be called, or returned nothing that Transfer Family accepts. */
  | { readonly kind: "failed"; readonly status: number; readonly message: string };

/**
 * Lets Transfer Family call a server's identity provider (Transfer API, TestIdentityProvider).
 *
 * @param user - Undefined for an unknown user, which is to be refused.
 * @param from - The source address of the login, or a block that contains it.
 */
export async function testLogin(
  api: AwsApi,
  serverId: string,
  user: TemporaryUser | undefined,
  from: string,
): Promise<LoginTest> {
  // The password is in the body of a signed request, and on no command line.
  const output = await api.call<Record<string, unknown>>("Transfer", "TestIdentityProvider", {
    ServerId: serverId,
    ServerProtocol: "FTP",
    SourceIp: addressIn(from),
    UserName: user?.name ?? "verify-unknown",
    UserPassword: user?.password ?? "no-such-password",
  });
  return read(output);
}

function read(output: Record<string, unknown>): LoginTest {
  const { Response, StatusCode, Message } = output as Record<string, string | number | undefined>;
  const status = Number(StatusCode);
  if (status !== 200) return { kind: "failed", status, message: String(Message ?? "") };
  let document: Record<string, unknown>;
  try {
    document = JSON.parse(String(Response || "{}")) as Record<string, unknown>;
  } catch {
    return { kind: "failed", status, message: "the response is not JSON" };
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

/** An address of a block; its first one belongs to no host. */
function addressIn(from: string): string {
  const block = parseCidr(from);
  return block && block.prefix < 31 ? formatAddress(block.base + 2) : from.split("/")[0];
}
