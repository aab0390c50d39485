/**
 * Stand-ins for `aws` and `pulumi`, of the few commands used here. The documents are those of the API reference:
 *
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcPeeringConnections.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcPeeringConnection.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcPeeringConnectionStateReason.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html
 * - https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html
 * - https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html
 * - https://docs.aws.amazon.com/transfer/latest/APIReference/API_ListServers.html
 * - https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 *
 * The AWS CLI prints them as JSON with the members' names in capitals.
 */
import { RunTool, ToolResult } from "../../../cli/core/tool";
import { noTool, printing } from "./support";

export interface CloudPeering {
  id: string;
  code: string;
  message?: string;
  vpcId: string;
  requesterCidr: string;
}

export interface CloudRoute {
  DestinationCidrBlock: string;
  State: "active" | "blackhole";
  Origin: "CreateRoute" | "CreateRouteTable";
  VpcPeeringConnectionId?: string;
  GatewayId?: string;
}

/** An AWS account and a Pulumi backend, to be changed by tests. */
export class Cloud {
  account = "123456789012";
  peerings: CloudPeering[] = [];
  readonly routeTables = new Map<string, CloudRoute[]>();
  vpcs = [{ VpcId: "vpc-default", CidrBlock: "172.31.0.0/16" }];
  servers = ["s-1"];
  concurrency = 1000;
  /** Values by service and name. */
  quotas: Record<string, Record<string, number>> = {
    vpc: { "Subnets per VPC": 200, "VPCs per Region": 5 },
    transfer: { "Servers per account": 50 },
  };
  /** Undefined: no such stack. */
  outputs: Record<string, unknown> | undefined;
  /** What was run, in order. */
  readonly ran: string[] = [];
  /** Set, every aws command fails with this on stderr. */
  awsError?: string;

  readonly runTool: RunTool = (program, args) => {
    this.ran.push([program, ...args].join(" "));
    return program === "pulumi" ? this.pulumi(args) : this.aws(args);
  };

  private async pulumi(args: readonly string[]): Promise<ToolResult> {
    if (args[0] === "version") return { code: 0, stdout: "v3.248.0\n", stderr: "" };
    if (args[0] === "whoami") return { code: 0, stdout: "somebody\n", stderr: "" };
    if (args.slice(0, 3).join(" ") !== "stack output --json") return noTool("pulumi", args);
    if (this.outputs) return printing(this.outputs);
    const stderr = `error: no stack named '${args.at(-1)}' found\n`;
    return { code: 255, stdout: "", stderr };
  }

  private async aws(args: readonly string[]): Promise<ToolResult> {
    if (args[0] === "--version") {
      const stdout = "aws-cli/2.31.0 Python/3.13.7 Linux/6.1.0 exe/x86_64\n";
      return { code: 0, stdout, stderr: "" };
    }
    if (this.awsError) return { code: 254, stdout: "", stderr: `\n${this.awsError}\n` };
    const [name, values] = (/^Name=(.*),Values=(.*)$/.exec(args[3]) ?? []).slice(1);
    switch (args.slice(0, 2).join(" ")) {
      case "sts get-caller-identity":
        return printing({
          UserId: "AIDASAMPLEUSERID",
          Account: this.account,
          Arn: `arn:aws:iam::${this.account}:user/deployer`,
        });
      case "ec2 describe-vpc-peering-connections": {
        const field = name === "vpc-peering-connection-id" ? "id" : "vpcId";
        const found = this.peerings.filter((peering) => peering[field] === values);
        return printing({ VpcPeeringConnections: found.map((one) => this.showPeering(one)) });
      }
      case "ec2 describe-route-tables": {
        const ids = values.split(",").filter((id) => this.routeTables.has(id));
        return printing({
          RouteTables: ids.map((RouteTableId) => ({
            Associations: [],
            PropagatingVgws: [],
            RouteTableId,
            Routes: this.routeTables.get(RouteTableId),
            Tags: [],
            OwnerId: this.account,
          })),
        });
      }
      case "ec2 describe-vpcs":
        return printing({ Vpcs: this.vpcs });
      case "transfer list-servers":
        return printing({ Servers: this.servers.map((ServerId) => ({ ServerId })) });
      case "lambda get-account-settings":
        return printing({ AccountLimit: { UnreservedConcurrentExecutions: this.concurrency } });
      case "service-quotas list-service-quotas": {
        const quotas = Object.entries(this.quotas[args[3]] ?? {});
        const shown = quotas.map(([QuotaName, Value]) => ({ QuotaName, Value, Adjustable: true }));
        return printing({ Quotas: shown });
      }
      default:
        throw new Error(`The stand-in knows no aws ${args.join(" ")}`);
    }
  }

  private showPeering({ id, code, message, vpcId, requesterCidr }: CloudPeering): object {
    return {
      AccepterVpcInfo: { CidrBlock: "10.0.0.0/16", OwnerId: this.account, VpcId: vpcId },
      RequesterVpcInfo: { CidrBlock: requesterCidr, OwnerId: "000000000000", VpcId: "vpc-0" },
      Status: { Code: code, Message: message ?? "" },
      Tags: [],
      VpcPeeringConnectionId: id,
    };
  }
}
