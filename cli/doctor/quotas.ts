import { toUserError } from "../core/errors";
import type { Finding } from "../core/findings";
import type { AccountAws } from "./account-aws";
import type { PlannedSite } from "./site";

/** Concurrent logins that a fleet needs when every device connects on the full minute (docs/costs.md: 170 hashes per second). */
const minConcurrency = 170;

/** Whether the account has capacity for the stack's resources. A quota that cannot be read is a note. */
export async function checkQuotas(aws: AccountAws, site: PlannedSite): Promise<Finding[]> {
  const { config, outputs } = site;
  const isNew = outputs === undefined;
  const findings: Finding[] = [];
  if (isNew && !config.existingVpc) {
    findings.push(
      await checkCapacity(
        "VPCs in the region",
        async () => (await aws.vpcs()).length,
        () => aws.quota("vpc", /^VPCs per Region$/i),
      ),
    );
  }
  if (isNew) {
    findings.push(
      await checkCapacity(
        "Transfer servers in the region",
        () => aws.serverCount(),
        () => aws.quota("transfer", /\bservers?\b.*\bper account\b/i),
      ),
    );
  }
  findings.push(await checkConcurrency(aws));
  return findings;
}

async function checkCapacity(
  check: string,
  count: () => Promise<number>,
  quota: () => Promise<number | undefined>,
): Promise<Finding> {
  let used: number;
  try {
    used = await count();
  } catch (error) {
    return notRead(check, error);
  }
  const limit = await quota().catch(() => undefined);
  if (limit === undefined) return { check, state: "note", found: `${used}; quota unknown` };
  const found = `${used} of ${limit}`;
  if (used < limit) return { check, state: "ok", found };
  const remedy = `The quota of ${check} is used up: request a higher one from AWS (Service Quotas), or delete one that is no longer needed.`;
  return { check, state: "failed", found, expected: `at most ${limit - 1}`, remedy };
}

async function checkConcurrency(aws: AccountAws): Promise<Finding> {
  const check = "concurrent function executions";
  try {
    const limit = await aws.concurrency();
    if (limit === undefined) return { check, state: "note", found: "not reported" };
    if (limit >= minConcurrency) return { check, state: "ok", found: String(limit) };
    const remedy = `Every login is one execution, and new accounts have a low limit. Before hundreds of devices connect in the same second, request ${minConcurrency} or more from AWS (Service Quotas, Lambda, concurrent executions).`;
    return { check, state: "note", found: String(limit), remedy };
  } catch (error) {
    return notRead(check, error);
  }
}

/** Credentials that may deploy are not necessarily allowed to read quotas. */
function notRead(check: string, error: unknown): Finding {
  return { check, state: "note", found: "cannot be read", remedy: toUserError(error).message };
}
