import { ownerTag } from "../../soracom/owner";
import { type Finding, compare } from "../core/findings";
import { replaceLine } from "../core/urns";
import type { DesiredState } from "./desired-state";

type Tags = Readonly<Record<string, string>>;

/** The VPG or the group, with what sets its tags. */
export interface Tagged {
  readonly kind: "VPG" | "group";
  readonly id: string;
  readonly tags: Tags | undefined;
  /** The value of its owner tag; its last part is the item's name. */
  readonly owner: string;
}

/** The claim's tag, by which the driver finds the item, and the tags that the console shows. */
export function checkTags({ file, tags: ofStack }: DesiredState, item: Tagged): Finding[] {
  const { kind, id, tags = {}, owner } = item;
  const byOwner = `Set tag ${ownerTag} of ${kind} ${id} to ${owner} in SORACOM's console: the driver finds the ${kind} by that tag.`;
  const wanted: Tags = { name: owner.split("/").at(-1)!, ...ofStack };
  const live = Object.fromEntries(Object.keys(wanted).map((name) => [name, tags[name] ?? null]));
  const command = kind === "VPG" ? "tags" : "settings";
  const others = `Tags were changed outside Pulumi. Set them again, which changes nothing else: ${replaceLine(file.project, file.stack, command)}`;
  return [
    compare(`${kind} owner tag`, tags[ownerTag], owner, byOwner),
    // The driver finds the item by the owner tag, and would create another one without it.
    ...(tags[ownerTag] === owner ? [compare(`${kind} tags`, live, wanted, others)] : []),
  ];
}
