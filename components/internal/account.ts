import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { transferTrust } from "./policies";

/** The account, region and partition that the program deploys to; ARNs in policies need them. */
export interface Account {
  readonly accountId: pulumi.Output<string>;
  /** For example ap-northeast-1. */
  readonly region: pulumi.Output<string>;
  /** `aws`, or `aws-cn` and the like. */
  readonly partition: pulumi.Output<string>;
}

/** Reads account, region and partition of the resource's provider from AWS. */
export function lookUpAccount(parent: pulumi.Resource): Account {
  const opts = { parent };
  return {
    accountId: aws.getCallerIdentityOutput({}, opts).accountId,
    region: aws.getRegionOutput({}, opts).region,
    partition: aws.getPartitionOutput({}, opts).partition,
  };
}

/** A role's trust policy as text: Transfer Family may assume it for users, or for servers, of this account. */
export function trustInTransfer(
  parent: pulumi.Resource,
  resource: "user/*" | "server/*",
): pulumi.Output<string> {
  const { partition, region, accountId } = lookUpAccount(parent);
  return pulumi
    .all([partition, region, accountId])
    .apply(([partition, region, accountId]) =>
      JSON.stringify(transferTrust({ partition, region, accountId, resource })),
    );
}
