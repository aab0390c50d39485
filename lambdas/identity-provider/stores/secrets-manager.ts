/**
 * Users in AWS Secrets Manager, one secret each, as AWS's own template for Transfer Family has them
 * (https://aws.amazon.com/blogs/storage/enable-password-authentication-for-aws-transfer-family-using-aws-secrets-manager-updated/):
 * a JSON object of texts. Existing secrets work unchanged.
 *
 * The function reads `Password` and `AcceptedIpNetwork`, or, as in that template, the field with the protocol before
 * its name (`FTPPassword`) if it exists, even if it is empty. It also reads fields that AWS's template does not have:
 * `NextPassword` (a second password during a rotation), `Enabled`, `ValidUntil` (epoch seconds) and `Access`; values
 * of other tools in these fields are ignored with a note. A password may be a PHC string instead of clear text.
 * `Role`, `Policy`, `HomeDirectory`, `HomeDirectoryDetails` and `PublicKey` are not read, because the program defines
 * the permissions of a user.
 *
 * Servers and failures are in the table, where counting is atomic. Hashes are not upgraded, because the function may
 * not write secrets.
 */
import { AwsError, type AwsCall } from "./aws-json";
import type { DynamoDbStore } from "./dynamodb";
import { secretNameOf } from "./secret-name";
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

/** {@link UserStore} on secrets for users, and a table for everything else. */
export class SecretsManagerStore implements UserStore {
  /**
   * @param call - Calls operations of Secrets Manager.
   * @param names - Pattern of the secrets' names; see secret-name.ts.
   */
  constructor(
    private readonly call: AwsCall,
    private readonly names: string,
    private readonly table: DynamoDbStore,
  ) {}

  async readFacts(key: LoginKey): Promise<LoginFacts> {
    const [user, facts] = await Promise.all([this.user(key), this.table.readFactsWithoutUser(key)]);
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

  private async user({ serverId, user, protocol }: LoginKey): Promise<LoginFacts["user"]> {
    try {
      const SecretId = secretNameOf(this.names, serverId, user);
      const { SecretString } = await this.call("GetSecretValue", { SecretId });
      return userInSecret(user, SecretString, protocol) ?? "damaged";
    } catch (error) {
      if (error instanceof AwsError && isAbsence(error)) return undefined;
      throw error;
    }
  }
}

/** A secret that is marked for deletion counts as a removed user. */
function isAbsence({ code, detail }: AwsError): boolean {
  return (
    code === "ResourceNotFoundException" ||
    (code === "InvalidRequestException" && /marked for deletion/.test(detail))
  );
}

/** The user in a secret's text; undefined when the text is not valid. */
export function userInSecret(
  name: string,
  secret: unknown,
  protocol: string,
): StoredUser | undefined {
  const fields = fieldsIn(secret);
  if (!fields) return undefined;
  const read = (field: string) =>
    textOf(Object.hasOwn(fields, protocol + field) ? fields[protocol + field] : fields[field]);
  const [password, networks] = [read("Password"), read("AcceptedIpNetwork")];
  if (!password || networks === undefined) return undefined;

  const ignored: string[] = [];
  const own = <T>(field: string, decode: (text: string) => T | undefined): T | undefined => {
    const text = textOf(fields[field]);
    const value = text === undefined ? undefined : decode(text);
    if (value === undefined && fields[field] !== undefined) ignored.push(field);
    return value;
  };
  const next = own("NextPassword", (text) => text);
  const passwords = [password, ...(next ? [next] : [])];
  const enabled = own("Enabled", flagIn) ?? true;
  const access = own("Access", (text) => accesses.find((known) => known === text)) ?? "read-write";
  const validUntil = own("ValidUntil", secondsIn);
  return {
    name,
    // A text in the form of a hash is never treated as clear text, also when the hash is not valid.
    passwordHashes: passwords.filter(isHash),
    plainPasswords: passwords.filter((text) => !isHash(text)),
    enabled,
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(networks.trim() === "" ? {} : { allowedCidrs: networks.split(",").map(blockIn) }),
    access,
    mappings: [],
    ...(ignored.length === 0 ? {} : { ignored }),
  };
}

/** Texts unchanged, numbers and booleans as text, a missing value as the empty text; undefined for other types. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? undefined : String(value);
}

/** A boolean in a common notation; undefined for the empty text. */
function flagIn(text: string): boolean | undefined {
  if (/^(true|yes|on|1)$/i.test(text)) return true;
  return /^(false|no|off|0|disabled)$/i.test(text) ? false : undefined;
}

function secondsIn(text: string): number | undefined {
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

/** A block as written; a single address is a block of one address. */
function blockIn(text: string): string {
  const block = text.trim();
  return block.includes("/") ? block : `${block}/32`;
}

function isHash(password: string): boolean {
  return password.startsWith("$scrypt$");
}

/** The secret's fields; undefined unless it is an object. */
function fieldsIn(secret: unknown): Record<string, unknown> | undefined {
  if (typeof secret !== "string") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(secret);
  } catch {
    // The parser's message would quote the secret.
    return undefined;
  }
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined;
}
