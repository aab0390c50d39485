import { allPages, type AwsApi } from "./aws";

/** EC2 API, VpcPeeringConnection: the fields used here. */
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

/** Allowed values of each filter of an operation of EC2. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** Reads of account, peerings and route tables. */
export class AwsReader {
  constructor(protected readonly api: AwsApi) {}

  /** The account of the credentials (STS API, GetCallerIdentity). */
  async account(): Promise<string> {
    return (await this.api.call<{ Account: string }>("STS", "GetCallerIdentity")).Account;
  }

  /** The peering; undefined when AWS has no record of it (EC2 API, DescribeVpcPeeringConnections). */
  async peering(id: string): Promise<VpcPeering | undefined> {
    // By filter: requested by id, an unknown peering is an error.
    return (await this.peerings("vpc-peering-connection-id", id))[0];
  }

  /** Peerings that the VPC accepted or that were requested with it, including ended ones. */
  peeringsOf(vpcId: string): Promise<readonly VpcPeering[]> {
    return this.peerings("accepter-vpc-info.vpc-id", vpcId);
  }

  /** The existing ones among these route tables (EC2 API, DescribeRouteTables). */
  routeTables(ids: readonly string[]): Promise<readonly RouteTable[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.tables({ "route-table-id": ids });
  }

  /** The route table of a subnet: the associated one, or the VPC's main one. */
  async tableOf(subnetId: string, vpcId: string): Promise<RouteTable | undefined> {
    const [own] = await this.tables({ "association.subnet-id": [subnetId] });
    if (own) return own;
    return (await this.tables({ "association.main": ["true"], "vpc-id": [vpcId] }))[0];
  }

  protected tables(filters: Filters): Promise<readonly RouteTable[]> {
    return this.list("DescribeRouteTables", filters, "RouteTables");
  }

  /** All items that an operation of EC2 returns in a field. */
  protected list<Item>(operation: string, filters: Filters, field: string): Promise<Item[]> {
    const list = Object.entries(filters).map(([Name, Values]) => ({ Name, Values }));
    return allPages(this.api, "EC2", operation, list.length > 0 ? { Filters: list } : {}, field);
  }

  private peerings(name: string, value: string): Promise<readonly VpcPeering[]> {
    return this.list("DescribeVpcPeeringConnections", { [name]: [value] }, "VpcPeeringConnections");
  }
}
