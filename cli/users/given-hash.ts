import { argon2Verify } from "hash-wasm";

import { isBelow, parseHash, verifyPassword } from "../../lambdas/identity-provider/password";
import { hashOf } from "./records";
import type { Site } from "./site";
import type { UserRow } from "./user-table-file";

/** A hash in a row that cannot be used. */
export class BadHash extends Error {
  override readonly name = "BadHash";
}

/**
 * The scrypt hash for a row with a hash from elsewhere, undefined for a row without one. A scrypt hash in PHC form is
 * kept as it is. One of argon2, as AWS's toolkit for custom identity providers has them
 * (https://github.com/aws-samples/toolkit-for-aws-transfer-family), cannot be verified by the function: with the
 * password in the same row it is verified here, and the password is hashed with scrypt.
 *
 * @throws BadHash when that is not possible
 */
export async function givenHash(
  { hash, password }: UserRow,
  site: Site,
): Promise<string | undefined> {
  if (hash === undefined) return undefined;
  if (hash.startsWith("$argon2")) {
    if (password === undefined) {
      throw new BadHash(
        "The login function does not verify argon2 hashes: give the password in the column password, or leave the hash out for a generated one.",
      );
    }
    if (!(await isArgon2Of(password, hash))) throw notItsPassword();
    return hashOf(password, site);
  }
  if (parseHash(hash) === undefined) {
    throw new BadHash(
      "The hash is neither scrypt in PHC form ($scrypt$ln=14,r=8,p=1$salt$hash) within the function's limits, nor argon2.",
    );
  }
  if (password === undefined) return hash;
  if (!(await verifyPassword(password, hash))) throw notItsPassword();
  return isBelow(hash, site.scrypt) ? hashOf(password, site) : hash;
}

async function isArgon2Of(password: string, hash: string): Promise<boolean> {
  try {
    return await argon2Verify({ password, hash });
  } catch {
    // The library's message quotes the hash.
    throw new BadHash("The argon2 hash is damaged.");
  }
}

function notItsPassword(): BadHash {
  return new BadHash("The hash is not of the password in the same row.");
}
