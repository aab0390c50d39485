import { allPages } from "../core/aws";
import { AwsReader } from "../core/aws-reader";

/** Reads of an account and region before anything is created there. */
export class AccountAws extends AwsReader {
  /** The VPCs of the region with their blocks. */
  vpcs(): Promise<readonly { readonly VpcId: string; readonly CidrBlock?: string }[]> {
    return allPages(this.api, "EC2", "DescribeVpcs", {}, (page) => page.Vpcs);
  }

  /** The number of Transfer servers in the region. Fails where AWS has no Transfer Family. */
  async serverCount(): Promise<number> {
    return (await allPages(this.api, "Transfer", "ListServers", {}, (page) => page.Servers)).length;
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
      (page) => page.Quotas,
    );
    return quotas.find(({ QuotaName }) => name.test(QuotaName ?? ""))?.Value;
  }
}
