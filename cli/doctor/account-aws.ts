import { maxAddresses, type SubnetFacts, type VpcFacts } from "../../stacks/existing-vpc";
import type { ExistingVpcConfig } from "../../stacks/site-schema";
import { allPages } from "../core/aws";
import { AwsReader, type Filters } from "../core/aws-reader";

/** EC2 API, Vpc: the fields used here. */
export interface Vpc {
  readonly VpcId: string;
  readonly CidrBlock?: string;
  readonly CidrBlockAssociationSet?: readonly {
    readonly CidrBlock?: string;
    readonly CidrBlockState?: { readonly State?: string };
  }[];
}

/** EC2 API, Subnet: the fields used here. */
interface Subnet {
  readonly SubnetId?: string;
  readonly VpcId?: string;
  readonly AvailabilityZone?: string;
  readonly CidrBlock?: string;
  readonly AvailableIpAddressCount?: number;
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
}

/** CloudWatch Logs API, ResourcePolicy: the fields used here. */
interface LogPolicy {
  readonly policyName?: string;
  readonly policyDocument?: string;
}

/** Reads of an account and region before anything is created there. */
export class AccountAws extends AwsReader {
  /** The VPCs of the region with their blocks. */
  vpcs(filters: Filters = {}): Promise<readonly Vpc[]> {
    return this.list("DescribeVpcs", filters, "Vpcs");
  }

  /** Names of the available availability zones. Local and Wavelength Zones are other types of zones. */
  async zoneNames(): Promise<string[]> {
    const filters = { "zone-type": ["availability-zone"], state: ["available"] };
    const zones = await this.list<{ ZoneName?: string }>(
      "DescribeAvailabilityZones",
      filters,
      "AvailabilityZones",
    );
    return zones.flatMap(({ ZoneName }) => ZoneName ?? []);
  }

  /** The zones of the subnets with these names and tags, by name. */
  async subnetZones(
    names: readonly string[],
    tags: Readonly<Record<string, string>>,
  ): Promise<ReadonlyMap<string, string | undefined>> {
    const own = Object.entries(tags).map(([key, value]) => [`tag:${key}`, [value]]);
    const subnets = await this.subnets({ "tag:Name": names, ...Object.fromEntries(own) });
    return new Map(
      subnets.map(({ Tags = [], AvailabilityZone }) => [
        Tags.find(({ Key }) => Key === "Name")?.Value ?? "",
        AvailabilityZone,
      ]),
    );
  }

  /** @param groups - Names of the security groups of the stack's endpoint, with wildcards. */
  async vpcFacts({ vpcId, subnetIds }: ExistingVpcConfig, groups: string): Promise<VpcFacts> {
    const [[vpc], subnets] = await Promise.all([
      this.vpcs({ "vpc-id": [vpcId] }),
      this.subnets({ "subnet-id": subnetIds }),
    ]);
    const facts = await Promise.all(
      subnetIds.map((id) =>
        this.subnetFacts(
          id,
          subnets.find(({ SubnetId }) => SubnetId === id),
          vpcId,
          groups,
        ),
      ),
    );
    if (!vpc) return { subnets: facts };
    const [dnsSupport, dnsHostnames] = await Promise.all([
      this.vpcAttribute(vpcId, "EnableDnsSupport"),
      this.vpcAttribute(vpcId, "EnableDnsHostnames"),
    ]);
    const blocks = (vpc.CidrBlockAssociationSet ?? [])
      .filter(({ CidrBlockState }) => !/^(disassociat|fail)/.test(CidrBlockState?.State ?? ""))
      .flatMap(({ CidrBlock }) => CidrBlock ?? []);
    return { blocks, dnsSupport, dnsHostnames, subnets: facts };
  }

  private async subnetFacts(
    id: string,
    subnet: Subnet | undefined,
    vpcId: string,
    groups: string,
  ): Promise<SubnetFacts> {
    if (!subnet) return { id };
    const isNearlyFull = (subnet.AvailableIpAddressCount ?? 0) < maxAddresses;
    const filters = { "subnet-id": [id], "group-name": [groups] };
    const [table, interfaces] = await Promise.all([
      this.tableOf(id, vpcId),
      isNearlyFull ? this.list("DescribeNetworkInterfaces", filters, "NetworkInterfaces") : [],
    ]);
    return {
      id,
      vpcId: subnet.VpcId,
      zone: subnet.AvailabilityZone,
      block: subnet.CidrBlock,
      freeAddresses: subnet.AvailableIpAddressCount,
      hasEndpoint: interfaces.length > 0,
      routeTableId: table?.RouteTableId,
    };
  }

  private subnets(filters: Filters): Promise<readonly Subnet[]> {
    return this.list("DescribeSubnets", filters, "Subnets");
  }

  /** EC2 API, DescribeVpcAttribute. */
  private async vpcAttribute(
    VpcId: string,
    name: "EnableDnsSupport" | "EnableDnsHostnames",
  ): Promise<boolean> {
    const Attribute = `${name[0].toLowerCase()}${name.slice(1)}`;
    const input = { VpcId, Attribute };
    type Output = Partial<Record<typeof name, { Value?: boolean }>>;
    return (
      (await this.api.call<Output>("EC2", "DescribeVpcAttribute", input))[name]?.Value === true
    );
  }

  /** The number of Transfer servers in the region. Fails where AWS has no Transfer Family. */
  async serverCount(): Promise<number> {
    return (await allPages(this.api, "Transfer", "ListServers", {}, "Servers")).length;
  }

  /** CloudWatch Logs API, DescribeResourcePolicies: at most ten, so there is one page. */
  async logPolicies(): Promise<readonly LogPolicy[]> {
    const { resourcePolicies = [] } = await this.api.call<{ resourcePolicies?: LogPolicy[] }>(
      "CloudWatchLogs",
      "DescribeResourcePolicies",
    );
    return resourcePolicies;
  }

  /** Functions that can run concurrently in the account and region, without reserved concurrency. */
  async concurrency(): Promise<number | undefined> {
    const { AccountLimit } = await this.api.call<{
      AccountLimit?: { UnreservedConcurrentExecutions?: number };
    }>("Lambda", "GetAccountSettings");
    return AccountLimit?.UnreservedConcurrentExecutions;
  }

  /** The value of the first quota of a service with a matching name; undefined without one. */
  async quota(service: string, name: RegExp): Promise<number | undefined> {
    const quotas = await allPages<{ QuotaName?: string; Value?: number }>(
      this.api,
      "ServiceQuotas",
      "ListServiceQuotas",
      { ServiceCode: service },
      "Quotas",
    );
    return quotas.find(({ QuotaName }) => name.test(QuotaName ?? ""))?.Value;
  }
}
