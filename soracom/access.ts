import type { ApiClient } from "./api-client";
import { ApiError, NoResponseError } from "./errors";
import { DriverError } from "./errors";
import { type Existing, missingPermissions, neededPermissions } from "./permissions";

/** Seconds within which SORACOM's API answers the log-in before a first change. */
export const answerSeconds = 15;

/** The permissions of a key. */
export type Permissions =
  | { readonly state: "root" }
  | { readonly state: "user"; readonly userName: string; readonly missing: readonly string[] }
  /** The user may not read its own permissions. */
  | { readonly state: "unread"; readonly userName: string; readonly reason: string };

const operations = {
  getUserPermission: "GET /operators/{operator_id}/users/{user_name}/permission",
  listUserRoles: "GET /operators/{operator_id}/users/{user_name}/roles",
  getRole: "GET /operators/{operator_id}/roles/{role_id}",
  getDefaultPermissions: "GET /operators/{operator_id}/users/default_permissions",
} as const;

/** Whether SORACOM can be reached, and what the key may do there. Changes nothing. */
export class Access {
  /** @param client - One that is impatient, and waits `answerSeconds` for a reply. */
  constructor(private readonly client: ApiClient) {}

  /**
   * Logs in, and reads the key's permissions. Throws a DriverError when the API cannot be reached or refuses the key.
   */
  async permissions(existing: readonly Existing[] = []): Promise<Permissions> {
    const { operatorId, userName } = await this.logIn();
    if (userName === undefined) return { state: "root" };
    try {
      const documents = await this.documents({ operator_id: operatorId, user_name: userName });
      const missing = missingPermissions(neededPermissions(existing), documents);
      return { state: "user", userName, missing };
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof SyntaxError)) throw error;
      return { state: "unread", userName, reason: error.message };
    }
  }

  private async logIn() {
    try {
      return await this.client.account();
    } catch (error) {
      if (!(error instanceof NoResponseError)) throw error;
      throw new DriverError(
        `SORACOM's API did not answer within ${answerSeconds} s at ${this.client.host} (${error.detail}), so nothing was created. Check the network and SORACOM_ENDPOINT; behind a proxy, set HTTPS_PROXY and, with Node 22.21 or newer, NODE_USE_ENV_PROXY=1.`,
      );
    }
  }

  private async documents(path: Record<string, string>): Promise<string[]> {
    const roles = (await this.read("listUserRoles", path)) as { roleId: string }[];
    const ofRoles = roles.map(({ roleId }) => this.read("getRole", { ...path, role_id: roleId }));
    const own = this.read("getUserPermission", path);
    const ofAll = this.read("getDefaultPermissions", path);
    const read = (await Promise.all([own, ofAll, ...ofRoles])) as {
      permission?: string;
      defaultPermissions?: string;
    }[];
    return read.map(({ permission, defaultPermissions }) => permission ?? defaultPermissions ?? "");
  }

  private async read(name: keyof typeof operations, path: Record<string, string>) {
    return (await this.client.call({ name, operation: operations[name], path })).body ?? {};
  }
}
