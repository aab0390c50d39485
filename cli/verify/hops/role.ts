import type { Finding } from "../../core/findings";
import { accessChecks, authorize, canAssume, type NamedPolicy } from "../../../lib/iam";
import { type IdentityAnswer, mappingsOf } from "../../../lib/home-mappings";
import { isBroken, type Hop } from "../hop";
import type { RoleView } from "../site-aws";
import { policiesOf, roleArn } from "./identity";

/** Transfer Family may take the role the login names, and with it list, leave and fetch files in the user's home. */
export const roleHop: Hop = {
  name: "file role",
  check: async ({ aws, user, noUser, logIn, outputs, stack }) => {
    const login = user && !noUser ? await logIn(user) : undefined;
    if (!user || login?.kind !== "granted") {
      const found = "not looked at: it is the login that names it";
      return [{ check: "role", state: user ? "unknown" : "note", found, remedy: "See the login." }];
    }
    const { answer } = login;
    const name = answer.role.slice(answer.role.lastIndexOf("/") + 1);
    const again = `Put it back: pulumi up -s ${stack} --refresh`;
    const role = await aws.role(name);
    if (!role) {
      const remedy = `Role ${name}, which every login names, is gone: users get in and can do nothing. ${again}`;
      return [{ check: "role", state: "drift", found: "not there", wanted: name, remedy }];
    }
    const serverArn = (await aws.server(outputs.serverId))?.Arn ?? "";
    const bucket = await aws.bucket(outputs.bucket);
    const of = { role, serverArn, user: user.name, answer, again };
    const trust = checkTrust(of);
    if (isBroken(trust)) return [trust];
    return [trust, ...checkAccess({ ...of, bucket: outputs.bucket, bucketPolicy: bucket?.policy })];
  },
};

interface Of {
  readonly role: RoleView;
  readonly serverArn: string;
  readonly user: string;
  readonly answer: IdentityAnswer;
  readonly again: string;
}

/** For a user's role Transfer Family names the user as the source. */
export function checkTrust({ role, serverArn, user, again }: Of): Finding {
  const account = serverArn.split(":")[4];
  const userArn = `${serverArn.replace(":server/", ":user/")}/${user}`;
  const decision = canAssume({
    trustPolicy: { source: `the trust of ${role.name}`, document: JSON.stringify(role.trust) },
    service: "transfer.amazonaws.com",
    context: { "aws:SourceAccount": account, "aws:SourceArn": userArn },
  });
  const check = "file role's trust";
  if (decision.allowed) return { check, state: "ok", found: "Transfer Family, for users" };
  const remedy = `Transfer Family cannot take ${role.name}: users get in, and every file is refused with 550. ${again}`;
  return { check, state: "drift", found: `refuses: ${decision.reason}`, remedy };
}

/** What a logger does: list its home, leave a file, look at it, fetch it. */
export function checkAccess({
  role,
  serverArn,
  user,
  answer,
  again,
  bucket,
  bucketPolicy,
}: Of & { readonly bucket: string; readonly bucketPolicy: string | undefined }): Finding[] {
  const check = "file role's access";
  const [home] = mappingsOf(answer, user);
  if (home.bucket !== bucket) {
    const remedy = `Logins lead into another bucket than the stack's. ${again}`;
    return [{ check, state: "drift", found: home.bucket, wanted: bucket, remedy }];
  }
  const bucketArn = `arn:${serverArn.split(":")[1]}:s3:::${bucket}`;
  const named = (source: string, document: string): NamedPolicy => ({ source, document });
  const key = `${home.prefix}/verify`;
  const operations = [
    { operation: "list", key: `${home.prefix}/` },
    { operation: "write", key },
    { operation: "stat", key },
    { operation: "read", key },
  ] as const;
  for (const { operation, key } of operations) {
    // Keys of KMS are not asked about: whether they let the role in is their own policies' to say.
    for (const { action, resource, context } of accessChecks({ operation, key, bucketArn })) {
      const decision = authorize({
        action,
        resource,
        context: { ...context, "aws:SecureTransport": "true" },
        principal: { type: "role", roleArn: roleArn(serverArn, role.name), sessionName: user },
        identityPolicies: policiesOf(role),
        sessionPolicy: answer.policy
          ? named(
              "the login's session policy",
              answer.policy.replaceAll("${transfer:UserName}", user),
            )
          : undefined,
        resourcePolicies: bucketPolicy ? [named("the bucket's policy", bucketPolicy)] : [],
      });
      if (decision.allowed) continue;
      const remedy = `Users get in, and ${operation} is refused with 550. ${again}`;
      return [{ check, state: "drift", found: `${action} refused: ${decision.reason}`, remedy }];
    }
  }
  return [{ check, state: "ok", found: "list, write, stat, read in the home" }];
}
