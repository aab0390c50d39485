import { Caller, RetryPolicy } from "./caller";
import { DriverError, ApiError } from "./errors";
import { ownerTag } from "./owner";

/** A VPG as SORACOM returns it. Its specification marks no field as required. */
export interface Vpg {
  readonly vpgId: string;
  /** creating, running, failed, terminating, terminated; other values may exist. */
  readonly status?: string;
  readonly type?: number;
  readonly placement?: { readonly region?: string };
  readonly tags?: Readonly<Record<string, string>>;
  readonly useInternetGateway?: boolean;
  readonly deviceSubnetCidrRange?: string;
  readonly vpgSubnetCidrRange?: string;
  /** Keyed by pcx id; null until the first peering. The form of the values is not documented. */
  readonly vpcPeeringConnections?: Readonly<Record<string, unknown>> | null;
  /** Milliseconds since 1970. */
  readonly createdTime?: number;
}

/** A SIM group as SORACOM returns it. */
export interface Group {
  readonly groupId: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** The settings by namespace, such as SoracomAir. */
  readonly configuration?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  /** Milliseconds since 1970. */
  readonly createdTime?: number;
}

/** A SIM as SORACOM returns it. */
export interface Sim {
  readonly simId: string;
  readonly groupId?: string | null;
  readonly tags?: Readonly<Record<string, string>>;
  /** `virtual` for a virtual SIM of Arc. */
  readonly type?: string;
  readonly sessionStatus?: (SessionStatus & { readonly online?: boolean }) | null;
  /** The session of a virtual SIM, or of one that was added to the SIM. */
  readonly arcSessionStatus?: SessionStatus | null;
}

interface SessionStatus {
  readonly vpgId?: string;
  readonly gatewayPrivateIpAddress?: string;
}

/**
 * The SORACOM operations used here, by name. Answers without the expected id are rejected; failures
 * are those of Caller.call.
 */
export class Soracom {
  constructor(private readonly caller: Caller) {}

  vpgsOwnedBy(owner: string): Promise<Vpg[]> {
    return this.owned<Vpg>(["vpg", "list"], owner);
  }

  /** Every VPG of the operator in this coverage. */
  listVpgs(): Promise<Vpg[]> {
    return this.list<Vpg>(["vpg", "list"], ["--fetch-all"], "untilDone");
  }

  /** The VPG, or undefined when SORACOM has none with this id. */
  findVpg(vpgId: string): Promise<Vpg | undefined> {
    return this.find<Vpg>(["vpg", "get"], ["vpg", "list"], "--vpg-id", "vpgId", vpgId);
  }

  createVpg(body: object): Promise<Vpg> {
    return this.one(["vpg", "create"], ["--body", JSON.stringify(body)], "once", "vpgId");
  }

  /** Starts the termination; asynchronous. */
  async terminateVpg(vpgId: string): Promise<void> {
    await this.caller.call(["vpg", "terminate"], ["--vpg-id", vpgId], "untilAnswered");
  }

  async putVpgTags(vpgId: string, tags: Readonly<Record<string, string>>): Promise<void> {
    const flags = ["--vpg-id", vpgId, "--body", tagBody(tags)];
    await this.caller.call(["vpg", "update-tags"], flags, "untilDone");
  }

  async deleteVpgTag(vpgId: string, tagName: string): Promise<void> {
    const flags = ["--vpg-id", vpgId, "--tag-name", tagName];
    await this.caller.call(["vpg", "delete-tag"], flags, "untilAnswered");
  }

  /** Returns the `pcx-…` id. */
  async createPeering(
    vpgId: string,
    peer: { ownerId: string; region: string; vpcId: string; cidr: string },
  ): Promise<string> {
    const { id } = await this.one<{ id: string }>(
      ["vpg", "create-vpc-peering-connection"],
      [
        ...["--vpg-id", vpgId, "--peer-owner-id", peer.ownerId, "--peer-region", peer.region],
        ...["--peer-vpc-id", peer.vpcId, "--destination-cidr-block", peer.cidr],
      ],
      "once",
      "id",
    );
    return id;
  }

  async deletePeering(vpgId: string, pcxId: string): Promise<void> {
    const flags = ["--vpg-id", vpgId, "--pcx-id", pcxId];
    await this.caller.call(["vpg", "delete-vpc-peering-connection"], flags, "untilAnswered");
  }

  groupsOwnedBy(owner: string): Promise<Group[]> {
    return this.owned<Group>(["groups", "list"], owner);
  }

  /** Every group of the operator in this coverage. */
  listGroups(): Promise<Group[]> {
    return this.list<Group>(["groups", "list"], ["--fetch-all"], "untilDone");
  }

  /** The group, or undefined when SORACOM has none with this id. */
  findGroup(groupId: string): Promise<Group | undefined> {
    return this.find<Group>(
      ["groups", "get"],
      ["groups", "list"],
      "--group-id",
      "groupId",
      groupId,
    );
  }

  createGroup(body: object): Promise<Group> {
    return this.one(["groups", "create"], ["--body", JSON.stringify(body)], "once", "groupId");
  }

  /** Sets the listed keys of the namespace SoracomAir and leaves its other keys. */
  async putAirConfig(groupId: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    const body = Object.entries(values).map(([key, value]) => ({ key, value }));
    await this.one(
      ["groups", "put-config"],
      ["--group-id", groupId, "--namespace", "SoracomAir", "--body", JSON.stringify(body)],
      "untilDone",
      "groupId",
    );
  }

  /** Removes one key of the namespace SoracomAir. */
  async deleteAirConfig(groupId: string, name: string): Promise<void> {
    const flags = ["--group-id", groupId, "--namespace", "SoracomAir", "--name", name];
    await this.caller.call(["groups", "delete-config"], flags, "untilAnswered");
  }

  async putGroupTags(groupId: string, tags: Readonly<Record<string, string>>): Promise<void> {
    const flags = ["--group-id", groupId, "--body", tagBody(tags)];
    await this.one(["groups", "put-tags"], flags, "untilDone", "groupId");
  }

  async deleteGroupTag(groupId: string, tagName: string): Promise<void> {
    const flags = ["--group-id", groupId, "--tag-name", tagName];
    await this.caller.call(["groups", "delete-tag"], flags, "untilAnswered");
  }

  async deleteGroup(groupId: string): Promise<void> {
    await this.caller.call(["groups", "delete"], ["--group-id", groupId], "untilAnswered");
  }

  /** Exit code 0 does not prove that the filter was applied, so the tag is compared here again. */
  private async owned<T extends { tags?: Readonly<Record<string, string>> }>(
    words: readonly [string, string],
    owner: string,
  ): Promise<T[]> {
    const flags = ["--tag-name", ownerTag, "--tag-value", owner, "--fetch-all"];
    const all = await this.list<T>(words, flags, "untilDone");
    return all.filter((item) => item.tags?.[ownerTag] === owner);
  }

  /**
   * One item by id. The CLI does not separate a 404 from other refusals and the codes are not documented,
   * so after a refusal the whole list decides: an id that is not in a complete list does not exist.
   */
  private async find<T extends object>(
    get: readonly [string, string],
    list: readonly [string, string],
    flag: string,
    idField: keyof T & string,
    id: string,
  ): Promise<T | undefined> {
    try {
      return await this.one<T>(get, [flag, id], "untilAnswered", idField, id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const all = await this.list<T>(list, ["--fetch-all"], "untilDone");
      return all.find((item) => item[idField] === id);
    }
  }

  private async list<T>(
    words: readonly [string, string],
    flags: readonly string[],
    retry: RetryPolicy,
  ): Promise<T[]> {
    const answer = await this.caller.call(words, flags, retry);
    if (!Array.isArray(answer)) throw unexpected(words, "a list");
    return answer as T[];
  }

  private async one<T extends object>(
    words: readonly [string, string],
    flags: readonly string[],
    retry: RetryPolicy,
    idField: keyof T & string,
    id?: string,
  ): Promise<T> {
    const answer = (await this.caller.call(words, flags, retry)) as T | undefined;
    const found: unknown = answer?.[idField];
    if (!answer || typeof found !== "string" || found === "" || (id ?? found) !== found) {
      throw unexpected(words, `the ${idField}${id === undefined ? "" : ` ${id}`}`);
    }
    return answer;
  }
}

function unexpected(words: readonly string[], wanted: string): DriverError {
  return new DriverError(
    `"soracom ${words.join(" ")}" succeeded but did not print ${wanted}. Check which program SORACOM_CLI or PATH names.`,
  );
}

function tagBody(tags: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(tags).map(([tagName, tagValue]) => ({ tagName, tagValue })));
}
