import { bucketComplete, bucketSettings } from "./bucket";
import { budgetTags, prodIsKept } from "./environment";
import { callersAreOurs, ingress } from "./ingress";
import { leastPrivilege } from "./least-privilege";
import { logRetention } from "./logs";
import { noWayOut } from "./no-way-out";
import type { Rule, StackRule } from "./rule";
import { noPlainSecret } from "./secrets";
import { internalFtpOnly } from "./server";
import { narrowTrust } from "./trust";

/** Rules any stack keeps, resource by resource. */
export const rules: readonly Rule[] = [
  ingress,
  noWayOut,
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
export const stackRules: readonly StackRule[] = [bucketComplete, callersAreOurs];
