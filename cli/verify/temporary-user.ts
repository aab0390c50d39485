import { randomBytes } from "node:crypto";

import { AwsApiError } from "../core/aws";
import { UserError } from "../core/errors";
import type { Finding } from "../core/findings";
import { hashOf, recordOf } from "../users/records";
import { openSite, type Site } from "../users/site";
import type { Subject } from "./subject";
import type { TestUser } from "./test-user";

/** Seconds after which the user cannot log in any more, in case this process is killed before it removes the user. */
const lifetimeSeconds = 600;

/** DynamoDB errors after which nothing was written. */
const notWritten = /^(ResourceNotFoundException|AccessDeniedException)$/;

/**
 * Runs the function while a user of its own is in the user table. The user is removed in any case: after a failure,
 * and when the run is interrupted.
 *
 * @throws UserError when the user cannot be removed, with the command that removes it.
 */
export async function withTemporaryUser<T>(
  subject: Pick<Subject, "context" | "stack" | "running" | "data" | "outputs">,
  act: (visitor: TestUser) => Promise<T>,
): Promise<T> {
  const { context, stack, running, data, outputs } = subject;
  const twin = running !== undefined;
  let site: Site;
  try {
    site = await openSite(context, { stack, twin, data, table: outputs.userTable });
  } catch (error) {
    return act({ noUser: noUserFinding(error as Error, subject) });
  }
  try {
    if (!site.usersInTable) return await act({});
    const name = `verify-${randomBytes(4).toString("hex")}`;
    const password = randomBytes(15).toString("base64url");
    let mayExist = true;
    try {
      const noUser = await addUser(site, name, password, context.now() + lifetimeSeconds).catch(
        (error: Error) => {
          // After any other failure the user may have been written.
          mayExist = !(error instanceof AwsApiError && notWritten.test(error.code));
          return noUserFinding(error, subject);
        },
      );
      return await act(noUser ? { noUser } : { user: { name, password } });
    } finally {
      if (mayExist)
        await removeUser(site, name, twin ? `--twin --data ${data}` : `--stack ${stack}`);
    }
  } finally {
    await site.close();
  }
}

async function addUser(
  site: Site,
  name: string,
  password: string,
  validUntil: number,
): Promise<undefined> {
  const hash = await hashOf(password, site);
  await site.table.add(recordOf(name, hash, { validUntil, enabled: true }));
}

async function removeUser(site: Site, name: string, where: string): Promise<void> {
  try {
    await site.table.remove(name);
  } catch (error) {
    throw new UserError(
      `The temporary user ${name} could not be removed (${(error as Error).message}). It cannot log in after ${lifetimeSeconds / 60} minutes; remove it: npx canal-ftp users remove ${name} ${where}`,
    );
  }
}

/** Why no user could be added. A missing table is broken; missing permissions only prevent the check. */
function noUserFinding(
  error: Error,
  { stack, outputs }: Pick<Subject, "stack" | "outputs">,
): Finding {
  const check = `user table ${outputs.userTable}`;
  const isMissing = error instanceof AwsApiError && error.code === "ResourceNotFoundException";
  if (!isMissing) {
    const remedy = `The login was not tested, as no user could be added to the table: ${error.message}`;
    return { check, state: "unknown", found: "cannot be written", remedy };
  }
  const remedy = `The user table no longer exists, so no user can log in. pulumi up -s ${stack} --refresh creates another; restore its users from your own list or a point-in-time recovery.`;
  return { check, state: "drift", found: "does not exist", expected: "exists", remedy };
}
