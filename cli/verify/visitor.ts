import type { Finding } from "../core/findings";

/** A user for the time of the checks. */
export interface TemporaryUser {
  readonly name: string;
  readonly password: string;
}

/** What the login is tried with: a user; nobody, where users are secrets; or why there is no user. */
export interface Visitor {
  readonly user?: TemporaryUser;
  readonly noUser?: Finding;
}
