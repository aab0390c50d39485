import { type IdentityAnswer, mappingsOf } from "../../lib/home-mappings";
import type { EvaluatedStack, Resource } from "../../lib/stack/resource";
import { passivePorts as awsPassivePorts, controlPort } from "../aws-ports";
import type { FtpService, LoginAttempt, LoginResult, Verdict } from "../ftp/service";
import type { ObjectStore } from "../store/object-store";
import type { ObjectTags } from "../store/object-tags";
import type { ExplainListener } from "./explain";
import type { ServerResource } from "./find-server";
import { callIdentityProvider } from "./identity";
import type { LoginFunction } from "./login-function";
import { IdentityProviderType, LoginChain } from "./login-chain";
import { reachFromDevice } from "./network";
import { sessionAccess } from "./session-access";
import { SessionHome } from "./session-home";

export interface StackServiceOptions {
  readonly stack: EvaluatedStack;
  readonly server: ServerResource;
  readonly identity: { readonly resource: Resource; readonly function: LoginFunction };
  /** The address that the VPC sees a device come from when no session is known. */
  readonly deviceAddress: string;
  /** The local ports for AWS's nine passive ports, in order. */
  readonly passivePorts: readonly [number, number];
  readonly bucketNamed: (name: string) => ObjectStore | undefined;
  /** Tags of a bucket's objects. Default: no object has tags. */
  readonly tagsNamed?: (name: string) => ObjectTags;
  /** Receives the reason of a failed login when the cause is the stack's wiring, not the device. */
  readonly onFault: (text: string) => void;
  /** Receives the explanation of each refusal of a connection, a login or a file operation. */
  readonly explain?: ExplainListener;
}

/** The stack behind the FTP endpoint: network, logins and files, as its resources allow them. */
export class StackService implements FtpService {
  /** Of each source address and port: the stack does not change while it is served. */
  private readonly verdicts = new Map<string, Verdict>();

  constructor(private readonly options: StackServiceOptions) {}

  admits(port: number, source = this.options.deviceAddress): Verdict {
    const { stack, server, passivePorts } = this.options;
    const [from, to] = passivePorts;
    const awsPort = port >= from && port <= to ? awsPassivePorts.from + (port - from) : controlPort;
    const path = `${source}:${awsPort}`;
    const verdict = this.verdicts.get(path) ?? reachFromDevice(stack, server, source, awsPort);
    this.verdicts.set(path, verdict);
    if (!verdict.allowed) {
      const chain = this.chain();
      chain.fail("network path", verdict.reason);
      this.options.explain?.(chain.lines(`TCP port ${awsPort} from ${source}`));
    }
    return verdict;
  }

  async login(attempt: LoginAttempt): Promise<LoginResult> {
    const { user, source } = attempt;
    const { explain } = this.options;
    const chain = this.chain();
    chain.pass("network path", `TCP port ${controlPort} from ${source} is allowed`);
    const result = await this.authenticate(attempt, chain);
    if (!result.granted) explain?.(chain.lines(`Login of ${user}`));
    return result;
  }

  private chain(): LoginChain {
    const { identityProviderType } = this.options.server.resource.outputs;
    return new LoginChain(identityProviderType as IdentityProviderType);
  }

  private async authenticate(
    { user, password, source }: LoginAttempt,
    chain: LoginChain,
  ): Promise<LoginResult> {
    const { stack, server, identity, onFault } = this.options;
    // Transfer Family rejects other names (API reference, 3 to 100 characters) without calling the provider.
    if (!/^\w[\w@.-]{2,99}$/.test(user)) {
      const reason = `AWS does not accept the user name ${JSON.stringify(user)}`;
      return { granted: false, reason: chain.fail("server", reason) };
    }
    const login = { user, password, sourceIp: source };
    const result = await callIdentityProvider(stack, server, identity, login, chain);
    if (result.kind === "broken") onFault(`Login of ${user}: ${result.reason}.`);
    if (result.kind === "refused") {
      return { granted: false, reason: result.reason, code: "login-denied" };
    }
    if (result.kind === "broken") return { granted: false, reason: result.reason };
    return this.home(user, result.answer, chain);
  }

  private home(user: string, answer: IdentityAnswer, chain: LoginChain): LoginResult {
    const { stack, server, bucketNamed, onFault, explain } = this.options;
    try {
      const mappings = mappingsOf(answer, user);
      const access = sessionAccess(stack, server, user, answer, explain);
      return {
        granted: true,
        role: {
          arn: answer.role,
          homeDirectory:
            answer.homeDirectoryType === "LOGICAL" ? "LOGICAL" : (answer.homeDirectory ?? "/"),
        },
        home: new SessionHome(
          mappings,
          access,
          bucketNamed,
          homesAreImplied(server),
          {
            // The metadata that Transfer Family adds (user guide, "transfer-file").
            "user-agent": "AWSTransfer",
            "user-agent-id": `${user}@${server.serverId}`,
          },
          this.options.tagsNamed,
        ),
      };
    } catch (error) {
      const reason = chain.fail("home", (error as Error).message);
      onFault(`Login of ${user}: ${reason}.`);
      return { granted: false, reason };
    }
  }
}

function homesAreImplied({ resource }: ServerResource): boolean {
  const options = resource.outputs.s3StorageOptions as Record<string, unknown> | undefined;
  return options?.directoryListingOptimization === "ENABLED";
}
