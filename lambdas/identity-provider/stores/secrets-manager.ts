/**
 * Users in AWS Secrets Manager, one secret each, as AWS's own template for Transfer Family has them
 * (https://aws.amazon.com/blogs/storage/enable-password-authentication-for-aws-transfer-family-using-aws-secrets-manager-updated/):
 * named `aws/transfer/<server id>/<user>`, a JSON object of texts. Existing secrets log in unchanged.
 *
 * Read are `Password` (or `FTPPassword`, which that template's variants prefer for FTP) and
 * `AcceptedIpNetwork`; and of our own `NextPassword` (a second password while one is replaced), `Enabled`,
 * `ValidUntil` (epoch seconds) and `Access`. A password may be a PHC string in place of clear text.
 * `Role`, `Policy`, `HomeDirectory`, `HomeDirectoryDetails` and `PublicKey` are not read: what a user may do
 * is the code's to say.
 *
 * Servers and failures stay in the table, where counting is atomic. Hashes are not upgraded: the function
 * may not write secrets.
 */
import { AwsError, type AwsCall } from "./aws-json";
import type { DynamoDbStore } from "./dynamodb";
import {
  accesses,
  type Admission,
  type Attempt,
  type LoginFacts,
  type LoginKey,
  type StoredUser,
  type UserStore,
  type VerifiedPassword,
} from "./user-store";

/** {@link UserStore} on secrets, with a table for everything that is not a user. */
export class SecretsManagerStore implements UserStore {
  /**
   * @param call - Calls operations of Secrets Manager.
   * @param prefix - What the secrets' names begin with, before `<server id>/<user>`.
   */
  constructor(
    private readonly call: AwsCall,
    private readonly prefix: string,
    private readonly table: DynamoDbStore,
  ) {}

  async look(key: LoginKey): Promise<LoginFacts> {
    const [user, facts] = await Promise.all([this.user(key), this.table.lookBesideUser(key)]);
    return { ...facts, user };
  }

  admit(attempt: Attempt, now: number): Promise<Admission> {
    return this.table.admit(attempt, now);
  }

  release(attempt: Attempt, admission: Admission, forgive: boolean): Promise<void> {
    return this.table.release(attempt, admission, forgive);
  }

  keepVerified(user: string, verified: readonly VerifiedPassword[], end: number): Promise<void> {
    return this.table.keepVerified(user, verified, end);
  }

  countName(address: string, now: number): Promise<number> {
    return this.table.countName(address, now);
  }

  private async user({ serverId, user }: LoginKey): Promise<LoginFacts["user"]> {
    try {
      const SecretId = `${this.prefix}${serverId}/${user}`;
      const { SecretString } = await this.call("GetSecretValue", { SecretId });
      return userInSecret(user, SecretString) ?? "damaged";
    } catch (error) {
      if (error instanceof AwsError && isAbsence(error)) return undefined;
      throw error;
    }
  }
}

/** A secret that is being deleted is a user that was removed. */
function isAbsence({ code, detail }: AwsError): boolean {
  return (
    code === "ResourceNotFoundException" ||
    (code === "InvalidRequestException" && /marked for deletion/.test(detail))
  );
}

/** The user in a secret's text, or undefined when it makes no sense. */
export function userInSecret(name: string, secret: unknown): StoredUser | undefined {
  const fields = fieldsIn(secret);
  if (!fields) return undefined;
  const { Enabled = "true", ValidUntil, Access = "read-write", AcceptedIpNetwork } = fields;
  const passwords = [fields.FTPPassword ?? fields.Password, fields.NextPassword].filter(
    (password) => password !== undefined && password !== "",
  ) as string[];
  const access = accesses.find((known) => known === Access);
  const validUntil = ValidUntil === undefined ? undefined : Number(ValidUntil || NaN);
  if (
    passwords.length === 0 ||
    access === undefined ||
    !/^(true|false)$/i.test(Enabled) ||
    (validUntil !== undefined && !Number.isFinite(validUntil))
  ) {
    return undefined;
  }
  return {
    name,
    // What looks like a hash is one, so a damaged hash is never taken for a password in clear text.
    passwordHashes: passwords.filter(isHash),
    plainPasswords: passwords.filter((password) => !isHash(password)),
    enabled: /^true$/i.test(Enabled),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(AcceptedIpNetwork === undefined
      ? {}
      : { allowedCidrs: AcceptedIpNetwork.split(",").map(blockIn) }),
    access,
    mappings: [],
  };
}

/** A block as it was written; a single address is a block of one. */
function blockIn(text: string): string {
  const block = text.trim();
  return block.includes("/") ? block : `${block}/32`;
}

function isHash(password: string): boolean {
  return password.startsWith("$scrypt$");
}

/** The secret's fields; undefined unless it is an object of texts (of which numbers and flags are written). */
function fieldsIn(secret: unknown): Record<string, string | undefined> | undefined {
  if (typeof secret !== "string") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(secret);
  } catch {
    // The parser's message quotes the secret.
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const fields: [string, string][] = [];
  for (const [name, field] of Object.entries(value)) {
    if (typeof field === "string") fields.push([name, field]);
    else if (typeof field === "number" || typeof field === "boolean")
      fields.push([name, `${field}`]);
    else if (used.has(name)) return undefined;
  }
  return Object.fromEntries(fields);
}

const used = new Set([
  "Password",
  "FTPPassword",
  "NextPassword",
  "AcceptedIpNetwork",
  "Enabled",
  "ValidUntil",
  "Access",
]);
