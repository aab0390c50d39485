import { Aws } from "../core/aws";

/** What AWS says of an account and region before anything is made there. */
export class AccountAws extends Aws {
  /** VPCs of the region, with their blocks. */
  async vpcs(): Promise<readonly { readonly VpcId: string; readonly CidrBlock?: string }[]> {
    const answer = await this.call<{ Vpcs?: { VpcId: string; CidrBlock?: string }[] }>([
      ...["ec2", "describe-vpcs"],
    ]);
    return answer.Vpcs ?? [];
  }

  /** Transfer servers of the region. Fails where AWS has no Transfer Family. */
  async serverCount(): Promise<number> {
    const answer = await this.call<{ Servers?: unknown[] }>(["transfer", "list-servers"]);
    return answer.Servers?.length ?? 0;
  }

  /** Functions that may run at once, in the whole account and region, without those reserved for others. */
  async concurrency(): Promise<number | undefined> {
    const answer = await this.call<{
      AccountLimit?: { UnreservedConcurrentExecutions?: number };
    }>(["lambda", "get-account-settings"]);
    return answer.AccountLimit?.UnreservedConcurrentExecutions;
  }

  /** The value of the first quota of a service whose name fits; undefined when there is none. */
  async quota(service: string, name: RegExp): Promise<number | undefined> {
    const answer = await this.call<{ Quotas?: { QuotaName?: string; Value?: number }[] }>([
      ...["service-quotas", "list-service-quotas", "--service-code", service],
    ]);
    return answer.Quotas?.find(({ QuotaName }) => name.test(QuotaName ?? ""))?.Value;
  }
}
