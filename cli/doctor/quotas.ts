import { toUserError } from "../core/errors";
import type { Finding } from "../core/findings";
import type { AccountAws } from "./account-aws";
import type { PlannedSite } from "./site";

/** Logins at once below which a fleet is turned away at the full minute (docs/costs.md: 170 hashes a second). */
const LEAST_CONCURRENCY = 170;

/** Whether there is room in the account for what the stack makes. A quota that AWS does not tell is a note. */
export async function checkQuotas(aws: AccountAws, site: PlannedSite): Promise<Finding[]> {
  const { config, outputs } = site;
  const isNew = outputs === undefined;
  const findings: Finding[] = [];
  if (isNew && !config.existingVpc) {
    findings.push(
      await room(
        "VPCs of the region",
        async () => (await aws.vpcs()).length,
        () => aws.quota("vpc", /^VPCs per Region$/i),
      ),
    );
  }
  if (isNew) {
    findings.push(
      await room(
        "Transfer servers of the region",
        () => aws.serverCount(),
        () => aws.quota("transfer", /\bservers?\b.*\bper account\b/i),
      ),
    );
  }
  findings.push(await checkConcurrency(aws));
  return findings;
}

async function room(
  check: string,
  count: () => Promise<number>,
  quota: () => Promise<number | undefined>,
): Promise<Finding> {
  let used: number;
  try {
    used = await count();
  } catch (error) {
    return notTold(check, error);
  }
  const most = await quota().catch(() => undefined);
  if (most === undefined) return { check, state: "note", found: `${used}; the quota is not told` };
  const found = `${used} of ${most}`;
  if (used < most) return { check, state: "ok", found };
  const remedy = `There is no room for one more of ${check}: ask AWS for a higher quota (Service Quotas), or delete one that nobody needs.`;
  return { check, state: "failed", found, wanted: `at most ${most - 1}`, remedy };
}

async function checkConcurrency(aws: AccountAws): Promise<Finding> {
  const check = "functions at once";
  try {
    const most = await aws.concurrency();
    const found = most === undefined ? "not told" : String(most);
    if (most === undefined || most >= LEAST_CONCURRENCY) {
      return { check, state: most === undefined ? "note" : "ok", found };
    }
    const remedy = `New accounts run few functions at once, and each login is one: before hundreds of devices come in the same second, ask AWS for ${LEAST_CONCURRENCY} or more (Service Quotas, Lambda, concurrent executions).`;
    return { check, state: "note", found, remedy };
  } catch (error) {
    return notTold(check, error);
  }
}

/** Credentials that may deploy may still not look at quotas. */
function notTold(check: string, error: unknown): Finding {
  return { check, state: "note", found: "not told", remedy: toUserError(error).message };
}
