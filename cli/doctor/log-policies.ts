import { toUserError } from "../core/errors";
import type { Finding } from "../core/findings";
import type { AccountAws } from "./account-aws";

/** CloudWatch Logs quotas: characters of a resource policy, and resource policies of an account in a region. */
const maxCharacters = 5120;
const maxPolicies = 10;

/**
 * The policy to which AWS adds every log group that a service delivers to, such as a Transfer server's (CloudWatch Logs
 * user guide, "Enabling logging from AWS services"). What was added stays when the log group is deleted.
 */
const deliveryPolicy = "AWSLogDeliveryWrite20150319";

/** Characters that one more log group adds at most: its ARN, with a name of a hundred characters. */
const charactersPerGroup = 200;
/** From here on a few more log groups fill the policy. */
const nearlyFull = maxCharacters - 5 * charactersPerGroup;

/** Whether the server's log group still fits into the account's resource policies; a note when it soon does not. */
export async function checkLogPolicies(aws: AccountAws, isNew: boolean): Promise<Finding> {
  const check = "log resource policies";
  try {
    const policies = await aws.logPolicies();
    const own = policies.find(({ policyName }) => policyName === deliveryPolicy);
    const used = own?.policyDocument?.length ?? 0;
    const found = own
      ? `${used} of ${maxCharacters} characters`
      : `${policies.length} of ${maxPolicies} policies`;
    const isFull = own ? used + charactersPerGroup > maxCharacters : policies.length >= maxPolicies;
    if (!isFull && used < nearlyFull) return { check, state: "ok", found };
    const remedy = own
      ? `Remove log groups that no longer exist from the policy ${deliveryPolicy} (aws logs describe-resource-policies, put-resource-policy): when it is full, no service can deliver to a new log group.`
      : "Delete a policy that is no longer needed (aws logs describe-resource-policies, delete-resource-policy): AWS adds one for the server's log.";
    return { check, state: isFull && isNew ? "failed" : "note", found, remedy };
  } catch (error) {
    return { check, state: "note", found: "cannot be read", remedy: toUserError(error).message };
  }
}
