import { allPages, AwsApiError, type AwsService } from "../core/aws";
import { AwsReader } from "../core/aws-reader";

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

/** IAM API, Role, with its policies as objects. */
export interface RoleView {
  readonly name: string;
  readonly trust: object;
  /** Its inline policies, by name. */
  readonly policies: ReadonlyMap<string, object>;
}

/** SNS API, Subscription: the fields used here. */
export interface Subscription {
  readonly SubscriptionArn?: string;
  readonly Protocol?: string;
  readonly Endpoint?: string;
}

/** S3's settings of a bucket; undefined where a setting does not exist. */
export interface BucketView {
  readonly region: string;
  readonly publicAccess?: Readonly<Record<string, boolean>>;
  readonly versioning?: string;
  readonly ownership?: string;
  readonly algorithm?: string;
  readonly keyArn?: string;
  readonly policy?: string;
}

/** Reads of a site's own resources. What does not exist is undefined; every other failure is a UserError. */
export class SiteAws extends AwsReader {
  async server(ServerId: string): Promise<Server | undefined> {
    const found = await this.find<{ Server: Server }>(
      "Transfer",
      "DescribeServer",
      { ServerId },
      /^ResourceNotFoundException$/,
    );
    return found?.Server;
  }

  async endpoint(id: string): Promise<VpcEndpoint | undefined> {
    const input = { VpcEndpointIds: [id] };
    const found = await this.find<{ VpcEndpoints?: VpcEndpoint[] }>(
      "EC2",
      "DescribeVpcEndpoints",
      input,
      /NotFound|Malformed/,
    );
    return found?.VpcEndpoints?.[0];
  }

  /** Private addresses of network interfaces. */
  async addresses(interfaceIds: readonly string[]): Promise<string[]> {
    if (interfaceIds.length === 0) return [];
    const { NetworkInterfaces = [] } = await this.api.call<{
      NetworkInterfaces?: { PrivateIpAddress?: string }[];
    }>("EC2", "DescribeNetworkInterfaces", { NetworkInterfaceIds: interfaceIds });
    return NetworkInterfaces.flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []);
  }

  async securityGroupRules(groupIds: readonly string[]): Promise<readonly SecurityGroupRule[]> {
    if (groupIds.length === 0) return [];
    const filters = { "group-id": groupIds };
    return this.list("DescribeSecurityGroupRules", filters, "SecurityGroupRules");
  }

  async role(name: string): Promise<RoleView | undefined> {
    const RoleName = name;
    const found = await this.find<{ Role: { AssumeRolePolicyDocument: string } }>(
      "IAM",
      "GetRole",
      { RoleName },
      /^NoSuchEntity/,
    );
    if (!found) return undefined;
    // Inline policies of a role are at most 10,240 characters together: one page.
    const { PolicyNames = [] } = await this.api.call<{ PolicyNames?: string[] }>(
      "IAM",
      "ListRolePolicies",
      { RoleName },
    );
    const policies = new Map<string, object>();
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument } = await this.api.call<{ PolicyDocument: string }>(
        "IAM",
        "GetRolePolicy",
        { RoleName, PolicyName },
      );
      policies.set(PolicyName, parseDocument(PolicyDocument));
    }
    return { name, trust: parseDocument(found.Role.AssumeRolePolicyDocument), policies };
  }

  /** A function's resource policy; undefined without one. */
  async functionPolicy(functionArn: string): Promise<string | undefined> {
    const input = { FunctionName: functionArn };
    const found = await this.find<{ Policy: string }>(
      "Lambda",
      "GetPolicy",
      input,
      /^ResourceNotFoundException$/,
    );
    return found?.Policy;
  }

  /** Subscriptions of a topic; the ARN of an unconfirmed one is `PendingConfirmation` (SNS API, Subscription). */
  async subscriptions(TopicArn: string): Promise<readonly Subscription[]> {
    return allPages(this.api, "SNS", "ListSubscriptionsByTopic", { TopicArn }, "Subscriptions");
  }

  async bucket(name: string): Promise<BucketView | undefined> {
    const read = <T>(operation: string, absent: RegExp) =>
      this.find<T>("S3", operation, { Bucket: name }, absent);
    const location = await read<{ LocationConstraint?: string | null }>(
      "GetBucketLocation",
      /^NoSuchBucket$/,
    );
    if (!location) return undefined;
    const access = await read<{ PublicAccessBlockConfiguration: Record<string, boolean> }>(
      "GetPublicAccessBlock",
      /^NoSuchPublicAccessBlockConfiguration$/,
    );
    const versioning = await read<{ Status?: string }>("GetBucketVersioning", /^$/);
    const ownership = await read<{
      OwnershipControls: { Rules: { ObjectOwnership: string }[] };
    }>("GetBucketOwnershipControls", /^OwnershipControlsNotFoundError$/);
    const policy = await read<{ Policy: string }>("GetBucketPolicy", /^NoSuchBucketPolicy$/);
    const encryption = await read<{
      ServerSideEncryptionConfiguration: {
        Rules: {
          ApplyServerSideEncryptionByDefault?: { SSEAlgorithm: string; KMSMasterKeyID?: string };
        }[];
      };
    }>("GetBucketEncryption", /^ServerSideEncryptionConfigurationNotFoundError$/);
    const byDefault =
      encryption?.ServerSideEncryptionConfiguration.Rules[0]?.ApplyServerSideEncryptionByDefault;
    return {
      // S3 returns no location for us-east-1.
      region: location.LocationConstraint ?? "us-east-1",
      publicAccess: access?.PublicAccessBlockConfiguration,
      versioning: versioning?.Status,
      ownership: ownership?.OwnershipControls.Rules[0]?.ObjectOwnership,
      algorithm: byDefault?.SSEAlgorithm,
      keyArn: byDefault?.KMSMasterKeyID,
      policy: policy?.Policy,
    };
  }

  /** The output, or undefined for an error code that means that there is none. */
  private async find<T>(
    service: AwsService,
    operation: string,
    input: object,
    absent: RegExp,
  ): Promise<T | undefined> {
    try {
      return await this.api.call<T>(service, operation, input);
    } catch (error) {
      if (error instanceof AwsApiError && absent.test(error.code)) return undefined;
      throw error;
    }
  }
}

/** IAM returns policies URL-encoded (RFC 3986; API reference, GetRole). */
function parseDocument(text: string): object {
  return JSON.parse(decodeURIComponent(text)) as object;
}
