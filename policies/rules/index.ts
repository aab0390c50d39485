import { bucketComplete, bucketSettings } from "./bucket";
import { budgetTags, prodProtection } from "./environment";
import { ownSecurityGroupsOnly, ingress } from "./ingress";
import { leastPrivilege } from "./least-privilege";
import { logRetention } from "./logs";
import { noInternetEgress } from "./no-internet-egress";
import type { Rule, StackRule } from "./rule";
import { noPlainSecret } from "./secrets";
import { internalFtpOnly } from "./server";
import { narrowTrust } from "./trust";

/** Rules for single resources. */
export const rules: readonly Rule[] = [
  ingress,
  noInternetEgress,
  internalFtpOnly,
  bucketSettings,
  narrowTrust,
  leastPrivilege,
  logRetention,
  noPlainSecret,
  prodProtection,
  budgetTags,
];

/** Rules for the stack as a whole. */
export const stackRules: readonly StackRule[] = [bucketComplete, ownSecurityGroupsOnly];
