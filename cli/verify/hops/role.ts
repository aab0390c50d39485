import { accessChecks, authorize, canAssume } from "../../../lib/iam";
import { type IdentityAnswer, mappingsOf } from "../../../lib/home-mappings";
import type { Finding } from "../../core/findings";
import { isBroken, type Hop } from "../hop";
import type { RoleView } from "../site-aws";
import { policiesOf, roleArn } from "./identity";

/** Transfer Family may assume the login's role, which may list, write and read files in the user's home. */
export const roleHop: Hop = {
  name: "file role",
  check: async ({ aws, user, noUser, logIn, outputs, stack }) => {
    const login = user && !noUser ? await logIn(user) : undefined;
    if (!user || login?.kind !== "granted") {
      const found = "not checked: the role is part of a successful login";
      const remedy = "See the login.";
      return [{ check: "role", state: user ? "unknown" : "note", found, remedy }];
    }
    const { answer } = login;
    const name = answer.role.slice(answer.role.lastIndexOf("/") + 1);
    const restore = `Restore it: pulumi up -s ${stack} --refresh`;
    const role = await aws.role(name);
    if (!role) {
      const remedy = `Role ${name} no longer exists, so users log in without access to any file. ${restore}`;
      const found = "does not exist";
      return [{ check: "role", state: "drift", found, expected: name, remedy }];
    }
    const serverArn = (await aws.server(outputs.serverId))?.Arn ?? "";
    const bucket = await aws.bucket(outputs.bucket);
    const access: FileAccess = {
      role,
      serverArn,
      user: user.name,
      answer,
      restore,
      bucket: outputs.bucket,
      bucketPolicy: bucket?.policy,
    };
    const trust = checkTrust(access);
    return isBroken(trust) ? [trust] : [trust, checkAccess(access)];
  },
};

/** A login's role and home, and what its access to the files depends on. */
interface FileAccess {
  readonly role: RoleView;
  readonly serverArn: string;
  readonly user: string;
  readonly answer: IdentityAnswer;
  readonly restore: string;
  readonly bucket: string;
  readonly bucketPolicy: string | undefined;
}

/** Whether Transfer Family may assume the role; aws:SourceArn is the user's ARN. */
export function checkTrust({
  role,
  serverArn,
  user,
  restore,
}: Pick<FileAccess, "role" | "serverArn" | "user" | "restore">): Finding {
  const account = serverArn.split(":")[4];
  const userArn = `${serverArn.replace(":server/", ":user/")}/${user}`;
  const decision = canAssume({
    trustPolicy: { source: `the trust of ${role.name}`, document: JSON.stringify(role.trust) },
    service: "transfer.amazonaws.com",
    context: { "aws:SourceAccount": account, "aws:SourceArn": userArn },
  });
  const check = "file role's trust";
  if (decision.allowed) return { check, state: "ok", found: "Transfer Family, for users" };
  const remedy = `Transfer Family cannot assume ${role.name}, so users log in and every file operation fails with 550. ${restore}`;
  return { check, state: "drift", found: `denies: ${decision.reason}`, remedy };
}

/** Whether the role allows the operations of a device: list its home, write a file, stat it, read it. */
export function checkAccess({
  role,
  serverArn,
  user,
  answer,
  restore,
  bucket,
  bucketPolicy,
}: FileAccess): Finding {
  const check = "file role's access";
  const [home] = mappingsOf(answer, user);
  if (home.bucket !== bucket) {
    const remedy = `The home of a login is in another bucket than the stack's. ${restore}`;
    return { check, state: "drift", found: home.bucket, expected: bucket, remedy };
  }
  const bucketArn = `arn:${serverArn.split(":")[1]}:s3:::${bucket}`;
  const key = `${home.prefix}/verify`;
  const operations = [
    { operation: "list", key: `${home.prefix}/` },
    { operation: "write", key },
    { operation: "stat", key },
    { operation: "read", key },
  ] as const;
  const sessionPolicy = answer.policy && {
    source: "the login's session policy",
    document: answer.policy.replaceAll("${transfer:UserName}", user),
  };
  for (const { operation, key } of operations) {
    // KMS keys are not checked: their own policies decide whether the role may use them.
    for (const { action, resource, context } of accessChecks({ operation, key, bucketArn })) {
      const decision = authorize({
        action,
        resource,
        context: { ...context, "aws:SecureTransport": "true" },
        principal: { type: "role", roleArn: roleArn(serverArn, role.name), sessionName: user },
        identityPolicies: policiesOf(role),
        sessionPolicy: sessionPolicy || undefined,
        resourcePolicies: bucketPolicy
          ? [{ source: "the bucket's policy", document: bucketPolicy }]
          : [],
      });
      if (decision.allowed) continue;
      const remedy = `Users log in, and ${operation} fails with 550. ${restore}`;
      return { check, state: "drift", found: `denies ${action}: ${decision.reason}`, remedy };
    }
  }
  return { check, state: "ok", found: "list, write, stat, read in the home" };
}
