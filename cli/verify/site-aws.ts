import { Aws, type RouteTable } from "../core/aws";
import { Failure } from "../core/failure";

/** Transfer API, DescribedServer: the fields used here. */
export interface Server {
  readonly Arn: string;
  readonly State?: string;
  readonly Protocols?: readonly string[];
  readonly EndpointType?: string;
  readonly EndpointDetails?: {
    readonly VpcEndpointId?: string;
    readonly VpcId?: string;
    readonly SubnetIds?: readonly string[];
  };
  readonly IdentityProviderType?: string;
  readonly IdentityProviderDetails?: {
    readonly Url?: string;
    readonly InvocationRole?: string;
    readonly Function?: string;
  };
}

/** EC2 API, VpcEndpoint. */
export interface VpcEndpoint {
  readonly State?: string;
  readonly NetworkInterfaceIds?: readonly string[];
  readonly Groups?: readonly { readonly GroupId: string }[];
}

/** EC2 API, SecurityGroupRule. */
export interface SecurityGroupRule {
  readonly SecurityGroupRuleId?: string;
  readonly IsEgress?: boolean;
  /** `tcp`, or `-1` for every protocol. */
  readonly IpProtocol?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly CidrIpv4?: string;
}

/** IAM API, Role, with its policies. Documents are objects, as the CLI prints them. */
export interface RoleView {
  readonly name: string;
  readonly trust: object;
  /** Its inline policies, by name. */
  readonly policies: ReadonlyMap<string, object>;
}

/** S3's settings of a bucket; undefined where there is none of a kind. */
export interface BucketView {
  readonly region: string;
  readonly publicAccess?: Readonly<Record<string, boolean>>;
  readonly versioning?: string;
  readonly ownership?: string;
  readonly algorithm?: string;
  readonly keyArn?: string;
  readonly policy?: string;
}

/** What AWS says of a site's own resources. What is not there is undefined; every other failure is a Failure. */
export class SiteAws extends Aws {
  async server(serverId: string): Promise<Server | undefined> {
    const words = ["transfer", "describe-server", "--server-id", serverId];
    return (await this.find<{ Server: Server }>(words, /ResourceNotFoundException/))?.Server;
  }

  async endpoint(id: string): Promise<VpcEndpoint | undefined> {
    const words = ["ec2", "describe-vpc-endpoints", "--vpc-endpoint-ids", id];
    const found = await this.find<{ VpcEndpoints?: VpcEndpoint[] }>(words, /NotFound/);
    return found?.VpcEndpoints?.[0];
  }

  /** Private addresses of network interfaces. */
  async addresses(interfaceIds: readonly string[]): Promise<string[]> {
    if (interfaceIds.length === 0) return [];
    const words = ["ec2", "describe-network-interfaces", "--network-interface-ids"];
    const found = await this.call<{ NetworkInterfaces?: { PrivateIpAddress?: string }[] }>([
      ...words,
      ...interfaceIds,
    ]);
    return (found.NetworkInterfaces ?? []).flatMap(
      ({ PrivateIpAddress }) => PrivateIpAddress ?? [],
    );
  }

  async securityGroupRules(groupIds: readonly string[]): Promise<readonly SecurityGroupRule[]> {
    if (groupIds.length === 0) return [];
    const filter = `Name=group-id,Values=${groupIds.join(",")}`;
    const words = ["ec2", "describe-security-group-rules", "--filters", filter];
    return (
      (await this.call<{ SecurityGroupRules?: SecurityGroupRule[] }>(words)).SecurityGroupRules ??
      []
    );
  }

  /** The table a subnet uses: one that is tied to it, or the VPC's main one. */
  async tableOf(subnetId: string, vpcId: string): Promise<RouteTable | undefined> {
    const own = await this.tables(`Name=association.subnet-id,Values=${subnetId}`);
    if (own.length > 0) return own[0];
    return (
      await this.tables(`Name=association.main,Values=true`, `Name=vpc-id,Values=${vpcId}`)
    )[0];
  }

  async role(name: string): Promise<RoleView | undefined> {
    const flag = ["--role-name", name];
    const found = await this.find<{ Role: { AssumeRolePolicyDocument: object } }>(
      ["iam", "get-role", ...flag],
      /NoSuchEntity/,
    );
    if (!found) return undefined;
    const { PolicyNames = [] } = await this.call<{ PolicyNames?: string[] }>([
      ...["iam", "list-role-policies", ...flag],
    ]);
    const policies = new Map<string, object>();
    for (const policy of PolicyNames) {
      const words = ["iam", "get-role-policy", ...flag, "--policy-name", policy];
      const { PolicyDocument } = await this.call<{ PolicyDocument: object }>(words);
      policies.set(policy, PolicyDocument);
    }
    return { name, trust: found.Role.AssumeRolePolicyDocument, policies };
  }

  /** Who may call a function; undefined when nobody was given leave. */
  async functionPolicy(functionArn: string): Promise<string | undefined> {
    const words = ["lambda", "get-policy", "--function-name", functionArn];
    return (await this.find<{ Policy: string }>(words, /ResourceNotFoundException/))?.Policy;
  }

  async bucket(name: string): Promise<BucketView | undefined> {
    const read = <T>(operation: string, absent: RegExp) =>
      this.find<T>(["s3api", operation, "--bucket", name], absent);
    const location = await read<{ LocationConstraint?: string | null }>(
      "get-bucket-location",
      /NoSuchBucket\b/,
    );
    if (!location) return undefined;
    const access = await read<{ PublicAccessBlockConfiguration: Record<string, boolean> }>(
      "get-public-access-block",
      /NoSuchPublicAccessBlockConfiguration/,
    );
    const versioning = await read<{ Status?: string }>("get-bucket-versioning", /^$/);
    const ownership = await read<{
      OwnershipControls: { Rules: { ObjectOwnership: string }[] };
    }>("get-bucket-ownership-controls", /OwnershipControlsNotFoundError/);
    const policy = await read<{ Policy: string }>("get-bucket-policy", /NoSuchBucketPolicy/);
    const encryption = await read<{
      ServerSideEncryptionConfiguration: {
        Rules: {
          ApplyServerSideEncryptionByDefault?: { SSEAlgorithm: string; KMSMasterKeyID?: string };
        }[];
      };
    }>("get-bucket-encryption", /ServerSideEncryptionConfigurationNotFoundError/);
    const byDefault =
      encryption?.ServerSideEncryptionConfiguration.Rules[0]?.ApplyServerSideEncryptionByDefault;
    return {
      // S3 has no name for its first region here.
      region: location.LocationConstraint ?? "us-east-1",
      publicAccess: access?.PublicAccessBlockConfiguration,
      versioning: versioning?.Status,
      ownership: ownership?.OwnershipControls.Rules[0]?.ObjectOwnership,
      algorithm: byDefault?.SSEAlgorithm,
      keyArn: byDefault?.KMSMasterKeyID,
      policy: policy?.Policy,
    };
  }

  private async tables(...filters: string[]): Promise<readonly RouteTable[]> {
    const words = ["ec2", "describe-route-tables", "--filters", ...filters];
    return (await this.call<{ RouteTables?: RouteTable[] }>(words)).RouteTables ?? [];
  }

  /** The answer, or undefined for an error that says that there is none. */
  private async find<T>(words: readonly string[], absent: RegExp): Promise<T | undefined> {
    try {
      return await this.call<T>(words);
    } catch (error) {
      if (error instanceof Failure && absent.test(error.message)) return undefined;
      throw error;
    }
  }
}
