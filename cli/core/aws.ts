import { Failure } from "./failure";
import type { RunTool } from "./tool";

/** EC2 API, VpcPeeringConnection: the fields used here, as the AWS CLI prints them. */
export interface VpcPeering {
  readonly VpcPeeringConnectionId: string;
  readonly Status?: { readonly Code?: string; readonly Message?: string };
  readonly AccepterVpcInfo?: { readonly VpcId?: string; readonly CidrBlock?: string };
  readonly RequesterVpcInfo?: { readonly VpcId?: string; readonly CidrBlock?: string };
}

/** EC2 API, Route. */
export interface Route {
  readonly DestinationCidrBlock?: string;
  readonly VpcPeeringConnectionId?: string;
  readonly GatewayId?: string;
  /** `active` or `blackhole`. */
  readonly State?: string;
}

/** EC2 API, RouteTable. */
export interface RouteTable {
  readonly RouteTableId: string;
  readonly Routes?: readonly Route[];
}

/** What AWS says, by the AWS CLI, so that credentials are found wherever the CLI finds them. */
export class Aws {
  constructor(
    private readonly runTool: RunTool,
    private readonly region: string,
    private readonly profile: string | undefined,
  ) {}

  /** The account of the credentials (STS API, GetCallerIdentity). */
  async account(): Promise<string> {
    return (await this.call<{ Account: string }>(["sts", "get-caller-identity"])).Account;
  }

  /** The peering, or undefined when AWS does not tell of it any more (EC2 API, DescribeVpcPeeringConnections). */
  async peering(id: string): Promise<VpcPeering | undefined> {
    // By filter: asked for by id, a peering that is forgotten is an error.
    return (await this.peerings("vpc-peering-connection-id", id))[0];
  }

  /** Peerings that the VPC accepted or was asked for, ended ones included. */
  peeringsOf(vpcId: string): Promise<readonly VpcPeering[]> {
    return this.peerings("accepter-vpc-info.vpc-id", vpcId);
  }

  /** Those of the route tables that exist (EC2 API, DescribeRouteTables). */
  async routeTables(ids: readonly string[]): Promise<readonly RouteTable[]> {
    const filter = `Name=route-table-id,Values=${ids.join(",")}`;
    const words = ["ec2", "describe-route-tables", "--filters", filter];
    return (await this.call<{ RouteTables?: RouteTable[] }>(words)).RouteTables ?? [];
  }

  private async peerings(name: string, value: string): Promise<readonly VpcPeering[]> {
    const words = ["ec2", "describe-vpc-peering-connections", "--filters"];
    const answer = await this.call<{ VpcPeeringConnections?: VpcPeering[] }>([
      ...words,
      `Name=${name},Values=${value}`,
    ]);
    return answer.VpcPeeringConnections ?? [];
  }

  /**
   * What a command of the CLI prints.
   *
   * @param words - Service and operation, then the flags. Never a secret: others see command lines.
   * @throws Failure when there is no CLI, or it fails; the last line of what it said is in the message.
   */
  protected async call<T>(words: readonly string[]): Promise<T> {
    const profile = this.profile === undefined ? [] : ["--profile", this.profile];
    const common = ["--region", this.region, "--output", "json", ...profile];
    const { code, stdout, stderr } = await this.runTool("aws", [...words, ...common]);
    if (code === undefined) {
      throw new Failure(
        "There is no aws on PATH: install the AWS CLI from https://aws.amazon.com/cli/.",
      );
    }
    if (code !== 0) {
      const said = stderr.trim().split("\n").at(-1) || `exit code ${code}`;
      throw new Failure(`aws ${words.slice(0, 2).join(" ")} failed: ${said}`);
    }
    try {
      return JSON.parse(stdout) as T;
    } catch {
      throw new Failure(`aws ${words.slice(0, 2).join(" ")} did not print JSON.`);
    }
  }
}
