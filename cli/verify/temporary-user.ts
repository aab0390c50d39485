import { randomBytes } from "node:crypto";

import { UserError } from "../core/errors";
import type { Finding } from "../core/findings";
import { AwsError } from "../../lambdas/identity-provider/stores/aws-json";
import { hashOf, recordOf } from "../users/records";
import { openSite, type Site } from "../users/site";
import type { Subject } from "./subject";
import type { Visitor } from "./visitor";

/** Seconds after which nobody can log in as it, should this process be killed before it takes it out. */
const GOOD_FOR = 600;

/** Codes of DynamoDB with which nothing was written. */
const NOT_DONE = /^(ResourceNotFoundException|AccessDeniedException)$/;

/**
 * Does something with a user that is in the user table meanwhile. The user is taken out in every case: after a
 * failure, and when the run is stopped.
 *
 * @throws UserError when the user cannot be taken out; it says how to do that by hand.
 */
export async function withTemporaryUser<T>(
  subject: Pick<Subject, "context" | "stack" | "running" | "data" | "outputs">,
  act: (visitor: Visitor) => Promise<T>,
): Promise<T> {
  const { context, stack, running, data, outputs } = subject;
  const twin = running !== undefined;
  let site: Site;
  try {
    site = await openSite(context, { stack, twin, data, table: outputs.userTable });
  } catch (error) {
    return act({ noUser: notThere(error as Error, subject) });
  }
  try {
    if (!site.usersInTable) return await act({});
    const name = `verify-${randomBytes(4).toString("hex")}`;
    const password = randomBytes(15).toString("base64url");
    let isIn = true;
    try {
      const noUser = await put(site, name, password).catch((error: Error) => {
        // After any other failure the write may have been done.
        isIn = !(error instanceof AwsError && NOT_DONE.test(error.code));
        return notThere(error, subject);
      });
      return await act(noUser ? { noUser } : { user: { name, password } });
    } finally {
      if (isIn) await takeOut(site, name, twin ? `--twin --data ${data}` : `--stack ${stack}`);
    }
  } finally {
    await site.close();
  }
}

async function put(site: Site, name: string, password: string): Promise<undefined> {
  const validUntil = Math.floor(Date.now() / 1000) + GOOD_FOR;
  const hash = await hashOf(password, site);
  await site.table.add(recordOf(name, hash, { validUntil, enabled: true }));
}

async function takeOut(site: Site, name: string, where: string): Promise<void> {
  try {
    await site.table.remove(name);
  } catch (error) {
    throw new UserError(
      `The temporary user ${name} could not be taken out (${(error as Error).message}). Nobody can log in as it after ${GOOD_FOR / 60} minutes; remove it: canal-ftp users remove ${name} ${where}`,
    );
  }
}

/** No user could be put into the table. A table that is gone is broken; missing permissions are only not known. */
function notThere(error: Error, { stack, outputs }: Pick<Subject, "stack" | "outputs">): Finding {
  const check = `user table ${outputs.userTable}`;
  const isGone = error instanceof AwsError && error.code === "ResourceNotFoundException";
  if (!isGone) {
    const remedy = `The login was not tried, as no user could be put into the table: ${error.message}`;
    return { check, state: "unknown", found: "cannot be written", remedy };
  }
  const remedy = `The table of users is gone, so nobody can log in. pulumi up -s ${stack} --refresh makes another; its users come back from your own list, or a point-in-time recovery.`;
  return { check, state: "drift", found: "not there", wanted: "there", remedy };
}
