import * as fs from "node:fs";
import * as path from "node:path";

import { hashPassword, verifyPassword } from "../../lambdas/identity-provider/password";
import type { RefusalCode } from "../ftp/service";
import type { TwinUser } from "../options";

/** Maximum of users whose passwords are kept, and of passwords for each: a hash takes a few hundredths of a second. */
const maxUsers = 20;
const maxKept = 4;

/** Why a login with this password is refused, where the password explains it. */
export interface PasswordExplanation {
  readonly code: RefusalCode;
  readonly reason: string;
}

type Hashes = Readonly<Record<string, readonly string[]>>;

/** The users' passwords, and as hashes those of earlier starts, to explain logins that are refused. */
export class KnownPasswords {
  private constructor(
    private readonly users: ReadonlyMap<string, string>,
    /** Of each user, the newest first. */
    private readonly hashes: Hashes,
  ) {}

  /** Adds the users' passwords to the hashes in the folder, in a file that only its owner can read. */
  static async open(data: string, users: readonly TwinUser[]): Promise<KnownPasswords> {
    const file = path.join(data, "former-passwords.json");
    const hashes: Record<string, readonly string[]> = { ...read(file) };
    for (const { name, password } of users.slice(0, maxUsers)) {
      const before = Object.hasOwn(hashes, name) ? hashes[name] : [];
      const isKept = before.length > 0 && (await verifyPassword(password, before[0]));
      if (!isKept) hashes[name] = [await hashPassword(password), ...before].slice(0, maxKept);
    }
    fs.rmSync(file, { force: true });
    fs.writeFileSync(file, `${JSON.stringify(hashes)}\n`, { mode: 0o600 });
    return new KnownPasswords(new Map(users.map((user) => [user.name, user.password])), hashes);
  }

  /** Explains why the identity provider denied a login; undefined when the password does not explain it. */
  async explain(user: string, sent: string): Promise<PasswordExplanation | undefined> {
    const right = this.users.get(user);
    if (right === sent) {
      const reason = `This is the password that ${user} had at the start of the twin: the user is locked after failed logins, disabled, or has another one since.`;
      return { code: "login-denied", reason };
    }
    if (right !== undefined && sent !== "" && right.startsWith(sent)) {
      const reason = `The device sent the first ${sent.length} of the ${right.length} characters of ${user}'s password.`;
      return { code: "password-cut", reason };
    }
    for (const hash of Object.hasOwn(this.hashes, user) ? this.hashes[user] : []) {
      if (!(await verifyPassword(sent, hash))) continue;
      const reason = `This was ${user}'s password at an earlier start of the twin; it has another one now.`;
      return { code: "password-former", reason };
    }
    return undefined;
  }
}

function read(file: string): Hashes {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Hashes;
  } catch {
    return {};
  }
}
