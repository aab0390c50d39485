import { bucketComplete, bucketSettings } from "./bucket";
import { budgetTags, prodIsKept } from "./environment";
import { ownSecurityGroupsOnly, ingress } from "./ingress";
import { leastPrivilege } from "./least-privilege";
import { logRetention } from "./logs";
import { noInternetEgress } from "./no-internet-egress";
import type { Rule, StackRule } from "./rule";
import { noPlainSecret } from "./secrets";
import { internalFtpOnly } from "./server";
import { narrowTrust } from "./trust";

/** Rules any stack keeps, resource by resource. */
export const rules: readonly Rule[] = [
  ingress,
  noInternetEgress,
  internalFtpOnly,
  bucketSettings,
  narrowTrust,
  leastPrivilege,
  logRetention,
  noPlainSecret,
  prodIsKept,
  budgetTags,
];

/** Rules any stack keeps as a whole. */
export const stackRules: readonly StackRule[] = [bucketComplete, ownSecurityGroupsOnly];
