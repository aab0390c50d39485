/**
 * The permissions that a stack needs, and whether a user of SAM, SORACOM's access management, has them. The syntax:
 * https://users.soracom.io/ja-jp/docs/sam/permission/; a denial takes precedence over every permission:
 * https://users.soracom.io/ja-jp/docs/sam/default-permission/.
 */

/** What exists before the stack, so that it is neither created nor removed. */
export type Existing = "vpg" | "group";

/**
 * The operations by service. The names are `x-sam-operationId` of SORACOM's specification where there is one (`putTags`
 * for `putGroupTags`), else the operationId.
 */
const operations: readonly (readonly [service: string, names: string, notFor?: Existing])[] = [
  [
    "VirtualPrivateGateway",
    "listVirtualPrivateGateways getVirtualPrivateGateway updateVirtualPrivateGatewayTags deleteVirtualPrivateGatewayTag createVpcPeeringConnection deleteVpcPeeringConnection",
  ],
  ["VirtualPrivateGateway", "createVirtualPrivateGateway terminateVirtualPrivateGateway", "vpg"],
  ["Group", "listGroups getGroup putConfigurationParameters putTags deleteTag listSubscribers"],
  ["Group", "createGroup deleteGroup", "group"],
  ["Sim", "getSim setSimGroup unsetSimGroup deleteSimSession putTags deleteTag"],
];

/** Needed in addition to restore the setting of a given group. */
const ofGivenGroup = ["Group:deleteConfigurationParameter"];

/** The names of all permissions that the stack's commands need. SIMs of Arc need `Sim:createArcSession` in addition. */
export function neededPermissions(existing: readonly Existing[] = []): string[] {
  const needed = operations
    .filter(([, , notFor]) => notFor === undefined || !existing.includes(notFor))
    .flatMap(([service, names]) => names.split(" ").map((name) => `${service}:${name}`));
  return [...needed, ...(existing.includes("group") ? ofGivenGroup : [])];
}

interface Statement {
  readonly effect?: string;
  readonly api?: string | readonly string[];
  readonly condition?: string;
}

/**
 * The needed permissions that none of the documents gives, or that one denies. A statement with a condition counts as
 * in effect when it permits, and as not in effect when it denies: what its condition refers to is not known here.
 *
 * @param documents - Permissions of the user, of its roles, and those of every user, each as JSON or empty.
 */
export function missingPermissions(needed: readonly string[], documents: readonly string[]) {
  const statements = documents.flatMap(statementsOf);
  const matches = (effect: string, name: string) =>
    statements.some(
      (one) =>
        one.effect === effect &&
        !(effect === "deny" && one.condition) &&
        [one.api ?? []].flat().some((pattern) => isMatch(pattern, name)),
    );
  return needed.filter((name) => matches("deny", name) || !matches("allow", name));
}

function statementsOf(document: string): readonly Statement[] {
  if (document.trim() === "") return [];
  const { statements } = JSON.parse(document) as { statements?: Statement | readonly Statement[] };
  return [statements ?? []].flat();
}

/** `*` stands for any text: `Sim:*`. */
function isMatch(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
