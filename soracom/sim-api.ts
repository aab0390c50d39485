import { ApiClient, ApiReply, ApiRequest, Operation } from "./api-client";
import { ApiError, DriverError } from "./errors";
import { Group, Sim } from "./soracom-api";

/** The operations on SIMs and their groups, as SORACOM's specification names them. */
export const simOperations = {
  getGroup: "GET /groups/{group_id}",
  listSubscribersInGroup: "GET /groups/{group_id}/subscribers",
  getSim: "GET /sims/{sim_id}",
  setSimGroup: "POST /sims/{sim_id}/set_group",
  unsetSimGroup: "POST /sims/{sim_id}/unset_group",
  deleteSimSession: "POST /sims/{sim_id}/delete_session",
  createArcSession: "POST /sims/{sim_id}/sessions/arc",
  putSimTags: "PUT /sims/{sim_id}/tags",
  deleteSimTag: "DELETE /sims/{sim_id}/tags/{tag_name}",
} as const satisfies Record<string, Operation>;

type Name = keyof typeof simOperations;

/** The error code of "the subscriber is offline": there was no session to end. */
const offline = "SEM0016";

/**
 * SIMs and their groups, any number of them with one log-in. Failures are those of ApiClient.call, and so is
 * `isCompletion`.
 */
export class SimApi {
  constructor(private readonly client: ApiClient) {}

  /** The group, or undefined when SORACOM has none with this id. */
  findGroup(groupId: string): Promise<Group | undefined> {
    return this.find("getGroup", { group_id: groupId }, "groupId", groupId);
  }

  /** The SIMs in the group; none when there is no such group. */
  async simsInGroup(groupId: string): Promise<Sim[]> {
    const name = "listSubscribersInGroup";
    const sims: Sim[] = [];
    let query: Record<string, string> = {};
    for (;;) {
      let reply: ApiReply;
      try {
        reply = await this.call(name, { group_id: groupId }, { query });
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
      if (!Array.isArray(reply.body)) throw unexpected(name, "a list");
      sims.push(...(reply.body as Sim[]));
      const next = reply.headers.get("x-soracom-next-key");
      if (!next) return sims;
      query = { last_evaluated_key: next };
    }
  }

  /** The SIM, or undefined when SORACOM has none with this id. */
  findSim(simId: string): Promise<Sim | undefined> {
    return this.find("getSim", { sim_id: simId }, "simId", simId);
  }

  /** Puts the SIM into the group, and so removes it from its previous group. */
  async setSimGroup(simId: string, groupId: string, isCompletion = false): Promise<void> {
    await this.call("setSimGroup", { sim_id: simId }, { body: { groupId }, isCompletion });
  }

  async unsetSimGroup(simId: string): Promise<void> {
    await this.call("unsetSimGroup", { sim_id: simId });
  }

  async putSimTags(simId: string, tags: Readonly<Record<string, string>>): Promise<void> {
    const body = Object.entries(tags).map(([tagName, tagValue]) => ({ tagName, tagValue }));
    await this.call("putSimTags", { sim_id: simId }, { body });
  }

  /** A tag that does not exist is fine. */
  async deleteSimTag(simId: string, tagName: string, isCompletion = false): Promise<void> {
    try {
      await this.call("deleteSimTag", { sim_id: simId, tag_name: tagName }, { isCompletion });
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  /**
   * Ends the SIM's session so that it reconnects: a change of its group or VPG takes effect with the next session. An
   * offline SIM is not an error. A virtual SIM's session is created again; a SIM may have both kinds.
   */
  async resetSession(sim: Sim, isCompletion = false): Promise<void> {
    const path = { sim_id: sim.simId };
    if (sim.arcSessionStatus) await this.call("createArcSession", path, { body: {}, isCompletion });
    if (sim.type === "virtual") return;
    try {
      await this.call("deleteSimSession", path, { isCompletion });
    } catch (error) {
      if (!(error instanceof ApiError && error.code === offline)) throw error;
    }
  }

  private async find<T extends object>(
    name: Name,
    path: Readonly<Record<string, string>>,
    idField: keyof T,
    id: string,
  ): Promise<T | undefined> {
    try {
      const { body } = await this.call(name, path);
      const found = body as T | undefined;
      if (found?.[idField] !== id) throw unexpected(name, `${String(idField)} ${id}`);
      return found;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  private call(
    name: Name,
    path: Readonly<Record<string, string>>,
    more: Pick<ApiRequest, "query" | "body" | "isCompletion"> = {},
  ): Promise<ApiReply> {
    return this.client.call({ name, operation: simOperations[name], path, ...more });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

function unexpected(name: Name, wanted: string): DriverError {
  return new DriverError(`SORACOM's reply to ${name} has no ${wanted}. Check SORACOM_ENDPOINT.`);
}
