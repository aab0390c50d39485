import type { Finding } from "../core/findings";

/** A user that exists during the checks. */
export interface TemporaryUser {
  readonly name: string;
  readonly password: string;
}

/** Whom the login is tested with: a user, an unknown user where users are secrets (neither field), or no user and why. */
export interface Visitor {
  readonly user?: TemporaryUser;
  readonly noUser?: Finding;
}
