/**
 * Stand-ins for AWS and `pulumi`, with the operations used here. The documents are those of the API reference:
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
 */
import { AwsApiError, type AwsApi, type AwsService } from "../../../cli/core/aws";
import type { ProgramResult, RunProgram } from "../../../cli/core/run-program";
import { printing } from "./support";

/** The fields of inputs that the stand-in reads. */
export interface AwsInput {
  readonly Filters?: { readonly Name: string; readonly Values: readonly string[] }[];
  readonly ServiceCode?: string;
}

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
  /** If set, every operation of AWS fails with this error. */
  awsError?: { readonly code: string; readonly message: string };

  readonly runProgram: RunProgram = (program, args) => {
    this.ran.push([program, ...args].join(" "));
    return this.pulumi(args);
  };

  readonly aws = (): AwsApi => ({
    call: async <T>(service: AwsService, operation: string, input: object = {}) => {
      this.ran.push(`${service} ${operation}`);
      if (this.awsError) {
        throw new AwsApiError(service, operation, this.awsError.code, this.awsError.message);
      }
      return this.answer(`${service} ${operation}`, input as AwsInput) as T;
    },
  });

  private async pulumi(args: readonly string[]): Promise<ProgramResult> {
    if (args[0] === "version") return { code: 0, stdout: "v3.248.0\n", stderr: "" };
    if (args[0] === "whoami") return { code: 0, stdout: "operator\n", stderr: "" };
    if (args.slice(0, 3).join(" ") !== "stack output --json") {
      return { code: 255, stdout: "", stderr: `error: unknown: ${args.join(" ")}\n` };
    }
    if (this.outputs) return printing(this.outputs);
    const stderr = `error: no stack named '${args.at(-1)}' found\n`;
    return { code: 255, stdout: "", stderr };
  }

  /** The output of an operation. */
  answer(operation: string, input: AwsInput): object {
    const [{ Name: name, Values: values } = { Name: "", Values: [] }] = input.Filters ?? [];
    switch (operation) {
      case "STS GetCallerIdentity":
        return {
          UserId: "AIDASAMPLEUSERID",
          Account: this.account,
          Arn: `arn:aws:iam::${this.account}:user/deployer`,
        };
      case "EC2 DescribeVpcPeeringConnections": {
        const field = name === "vpc-peering-connection-id" ? "id" : "vpcId";
        const found = this.peerings.filter((peering) => peering[field] === values[0]);
        return { VpcPeeringConnections: found.map((one) => this.showPeering(one)) };
      }
      case "EC2 DescribeRouteTables": {
        const ids = values.filter((id) => this.routeTables.has(id));
        return {
          RouteTables: ids.map((RouteTableId) => ({
            Associations: [],
            PropagatingVgws: [],
            RouteTableId,
            Routes: this.routeTables.get(RouteTableId),
            Tags: [],
            OwnerId: this.account,
          })),
        };
      }
      case "EC2 DescribeVpcs":
        return { Vpcs: this.vpcs };
      case "Transfer ListServers":
        return { Servers: this.servers.map((ServerId) => ({ ServerId })) };
      case "Lambda GetAccountSettings":
        return { AccountLimit: { UnreservedConcurrentExecutions: this.concurrency } };
      case "ServiceQuotas ListServiceQuotas": {
        const quotas = Object.entries(this.quotas[input.ServiceCode ?? ""] ?? {});
        const shown = quotas.map(([QuotaName, Value]) => ({ QuotaName, Value, Adjustable: true }));
        return { Quotas: shown };
      }
      default:
        throw new Error(`The stand-in does not answer ${operation}`);
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
