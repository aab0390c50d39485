import { passivePorts as awsPassivePorts, controlPort } from "../aws-ports";
import type { EvaluatedStack, Resource } from "../../lib/stack/resource";
import type { FtpService, LoginAttempt, LoginResult, Verdict } from "../ftp/service";
import type { ObjectStore } from "../store/object-store";
import { sessionAccess } from "./access";
import type { Explain } from "./explain";
import type { ServerResource } from "./find-server";
import { askIdentityProvider } from "./identity";
import type { LoginFunction } from "./login-function";
import { IdentityWay, LoginChain } from "./login-chain";
import { type IdentityAnswer, mappingsOf } from "../../lib/home-mappings";
import { reach } from "./network";
import { SessionHome } from "./session-home";

export interface StackServiceOptions {
  readonly stack: EvaluatedStack;
  readonly server: ServerResource;
  readonly identity: { readonly resource: Resource; readonly function: LoginFunction };
  /** Address the VPC sees the device come from. */
  readonly deviceAddress: string;
  /** The local ports that stand for AWS's nine, in order. */
  readonly passivePorts: readonly [number, number];
  readonly bucketNamed: (name: string) => ObjectStore | undefined;
  /** Told when the stack's wiring, not the device, is why a login failed. */
  readonly onFault: (text: string) => void;
  /** Told how each refusal of a connection, a login or a file operation came about. */
  readonly explain?: Explain;
}

/** The stack behind the FTP endpoint: network, logins and files as the evaluated resources allow them. */
export class StackService implements FtpService {
  constructor(private readonly options: StackServiceOptions) {}

  admits(port: number): Verdict {
    const { stack, server, deviceAddress, passivePorts } = this.options;
    const [from, to] = passivePorts;
    const awsPort = port >= from && port <= to ? awsPassivePorts.from + (port - from) : controlPort;
    const verdict = reach(stack, server, deviceAddress, awsPort);
    if (!verdict.allowed) {
      const chain = this.chain();
      chain.broke("network path", verdict.reason);
      this.options.explain?.(chain.lines(`TCP port ${awsPort} from ${deviceAddress}`));
    }
    return verdict;
  }

  async login({ user, password }: LoginAttempt): Promise<LoginResult> {
    const { deviceAddress, explain } = this.options;
    const chain = this.chain();
    chain.held("network path", `TCP port ${controlPort} from ${deviceAddress} is let in`);
    const result = await this.follow(user, password, chain);
    if (!result.granted) explain?.(chain.lines(`Login of ${user}`));
    return result;
  }

  private chain(): LoginChain {
    const { identityProviderType } = this.options.server.resource.outputs;
    return new LoginChain(identityProviderType as IdentityWay);
  }

  private async follow(user: string, password: string, chain: LoginChain): Promise<LoginResult> {
    const { stack, server, identity, deviceAddress, onFault } = this.options;
    // Transfer takes no other names (API reference, 3 to 100 characters) and asks nobody about them.
    if (!/^\w[\w@.-]{2,99}$/.test(user)) {
      const reason = `AWS takes no user name ${JSON.stringify(user)}`;
      return { granted: false, reason: chain.broke("server", reason) };
    }
    const login = { user, password, sourceIp: deviceAddress };
    const result = await askIdentityProvider(stack, server, identity, login, chain);
    if (result.kind === "broken") onFault(`Login of ${user}: ${result.reason}.`);
    if (result.kind !== "granted") return { granted: false, reason: result.reason };
    return this.home(user, result.answer, chain);
  }

  private home(user: string, answer: IdentityAnswer, chain: LoginChain): LoginResult {
    const { stack, server, bucketNamed, onFault, explain } = this.options;
    try {
      const mappings = mappingsOf(answer, user);
      const access = sessionAccess(stack, server, user, answer, explain);
      return {
        granted: true,
        home: new SessionHome(mappings, access, bucketNamed, homesAreImplied(server), {
          // As Transfer marks its objects (user guide, "transfer-file").
          "user-agent": "AWSTransfer",
          "user-agent-id": `${user}@${server.serverId}`,
        }),
      };
    } catch (error) {
      const reason = chain.broke("home", (error as Error).message);
      onFault(`Login of ${user}: ${reason}.`);
      return { granted: false, reason };
    }
  }
}

function homesAreImplied({ resource }: ServerResource): boolean {
  const options = resource.outputs.s3StorageOptions as Record<string, unknown> | undefined;
  return options?.directoryListingOptimization === "ENABLED";
}
