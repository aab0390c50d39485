/**
 * Stand-ins for AWS and `pulumi`, with the operations used here. The documents are those of the API reference:
 *
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcPeeringConnections.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcPeeringConnection.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcPeeringConnectionStateReason.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcAttribute.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html
 * - https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html
 * - https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeResourcePolicies.html
 * - https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html
 * - https://docs.aws.amazon.com/transfer/latest/APIReference/API_ListServers.html
 * - https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
import type { ExistingVpcConfig } from "../../../stacks/site-schema";
import { nthBlock } from "../../../lib/ipv4";
import { AwsApiError, type AwsApi, type AwsService } from "../../../cli/core/aws";
import type { ProgramResult, RunProgram } from "../../../cli/core/run-program";
import { printing } from "./support";

/** The fields of inputs that the stand-in reads. */
export interface AwsInput {
  readonly Filters?: { readonly Name: string; readonly Values: readonly string[] }[];
  readonly ServiceCode?: string;
  readonly VpcId?: string;
  readonly Attribute?: string;
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

export interface CloudSubnet {
  SubnetId: string;
  VpcId: string;
  AvailabilityZone: string;
  CidrBlock?: string;
  AvailableIpAddressCount?: number;
  /** Its table; undefined: the VPC's main one. */
  table?: string;
  name?: string;
  /** Whether the stack's endpoint has an interface there. */
  hasEndpoint?: boolean;
}

/** An AWS account and a Pulumi backend, to be changed by tests. */
export class Cloud {
  account = "123456789012";
  peerings: CloudPeering[] = [];
  readonly routeTables = new Map<string, CloudRoute[]>();
  vpcs = [{ VpcId: "vpc-default", CidrBlock: "172.31.0.0/16" }];
  zones = ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"];
  subnets: CloudSubnet[] = [];
  mainTable = "rtb-main";
  /** Blocks that every VPC has in addition. */
  moreBlocks: string[] = [];
  /** Attributes of every VPC. */
  dns = { enableDnsSupport: true, enableDnsHostnames: true };
  servers = ["s-1"];
  concurrency = 1000;
  /** Values by service and name. */
  quotas: Record<string, Record<string, number>> = {
    vpc: { "Subnets per VPC": 200, "VPCs per Region": 5 },
    transfer: { "Servers per account": 50 },
  };
  /** Resource policies of CloudWatch Logs, by name. */
  logPolicies: Record<string, string> = {};
  /** Undefined: no such stack. */
  outputs: Record<string, unknown> | undefined;
  /** What was run, in order. */
  readonly ran: string[] = [];
  /** If set, every operation of AWS fails with this error. */
  awsError?: { readonly code: string; readonly message: string };

  /** The resources of the state. */
  state: object[] = [];

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
    if (args.slice(0, 2).join(" ") === "stack export") {
      return printing({ deployment: { resources: this.state } });
    }
    if (args.slice(0, 3).join(" ") !== "stack output --json") {
      return { code: 255, stdout: "", stderr: `error: unknown: ${args.join(" ")}\n` };
    }
    if (this.outputs) return printing(this.outputs);
    const stderr = `error: no stack named '${args.at(-1)}' found\n`;
    return { code: 255, stdout: "", stderr };
  }

  /** Adds a VPC that is as `canal-ftp:existingVpc` describes it, a zone and a table for each subnet. */
  addExistingVpc({ vpcId, cidr, subnetIds, routeTableIds }: ExistingVpcConfig): void {
    this.vpcs.push({ VpcId: vpcId, CidrBlock: cidr });
    for (const id of routeTableIds.filter((id) => !this.routeTables.has(id))) {
      this.routeTables.set(id, []);
    }
    for (const [index, SubnetId] of subnetIds.entries()) {
      this.subnets.push({
        SubnetId,
        VpcId: vpcId,
        AvailabilityZone: this.zones[index],
        CidrBlock: nthBlock(cidr, 24, index),
        AvailableIpAddressCount: 200,
        table: routeTableIds[index] ?? routeTableIds.at(-1),
      });
    }
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
        const ids = this.tableIds(name, values).filter((id) => this.routeTables.has(id));
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
        return {
          Vpcs: this.vpcs
            .filter(({ VpcId }) => name !== "vpc-id" || values.includes(VpcId))
            .map((vpc) => ({
              ...vpc,
              CidrBlockAssociationSet: [vpc.CidrBlock, ...this.moreBlocks].map((CidrBlock) => ({
                CidrBlock,
                CidrBlockState: { State: "associated" },
              })),
            })),
        };
      case "EC2 DescribeVpcAttribute": {
        const attribute = input.Attribute as keyof Cloud["dns"];
        const field = `${attribute[0].toUpperCase()}${attribute.slice(1)}`;
        return { VpcId: input.VpcId, [field]: { Value: this.dns[attribute] } };
      }
      case "EC2 DescribeAvailabilityZones":
        return { AvailabilityZones: this.zones.map((ZoneName) => ({ ZoneName })) };
      case "EC2 DescribeSubnets": {
        const found = this.subnets.filter(({ SubnetId, name: called }) =>
          values.includes(name === "subnet-id" ? SubnetId : (called ?? "")),
        );
        return {
          Subnets: found.map(({ name: called, table: _table, hasEndpoint: _is, ...subnet }) => ({
            ...subnet,
            Tags: called === undefined ? [] : [{ Key: "Name", Value: called }],
          })),
        };
      }
      case "EC2 DescribeNetworkInterfaces": {
        const served = this.subnets.filter(
          ({ SubnetId, hasEndpoint }) => hasEndpoint && values.includes(SubnetId),
        );
        return { NetworkInterfaces: served.map(() => ({})) };
      }
      case "Transfer ListServers":
        return { Servers: this.servers.map((ServerId) => ({ ServerId })) };
      case "CloudWatchLogs DescribeResourcePolicies":
        return {
          resourcePolicies: Object.entries(this.logPolicies).map(
            ([policyName, policyDocument]) => ({ policyName, policyDocument }),
          ),
        };
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

  private tableIds(filter: string, values: readonly string[]): readonly string[] {
    if (filter === "route-table-id") return values;
    if (filter === "association.main") return [this.mainTable];
    return this.subnets
      .filter(({ SubnetId }) => values.includes(SubnetId))
      .flatMap(({ table }) => table ?? []);
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
