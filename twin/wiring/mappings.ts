import type { IdentityAnswer } from "./identity";

/** A part of the user's tree and the place in S3 it stands for. */
export interface Mapping {
  /** Path the user sees, "/" or without a slash at its end. */
  readonly entry: string;
  readonly bucket: string;
  /** Key prefix, without slashes at its ends; "" for the whole bucket. */
  readonly prefix: string;
}

/**
 * The user's tree by the identity provider's answer, with the rules AWS sets for it (user guide,
 * "implement-log-dirs"): Transfer turns a breach of them into a failed login.
 *
 * @throws Error that says which rule is broken
 */
export function mappingsOf(answer: IdentityAnswer, user: string): Mapping[] {
  if (answer.homeDirectoryType === "PATH") {
    const target = answer.homeDirectory ?? "/";
    return [toMapping("/", target, user)];
  }
  let details: unknown;
  try {
    details = JSON.parse(answer.homeDirectoryDetails ?? "");
  } catch {
    throw new Error("HomeDirectoryDetails is not JSON");
  }
  if (!Array.isArray(details) || details.length === 0) {
    throw new Error("HomeDirectoryDetails is not a list of at least one mapping");
  }
  const mappings = (details as { Entry?: unknown; Target?: unknown }[]).map(({ Entry, Target }) =>
    toMapping(String(Entry), String(Target), user),
  );
  if (mappings.length > 1 && mappings.some(({ entry }) => entry === "/")) {
    throw new Error('an Entry "/" has to be the only mapping');
  }
  return mappings;
}

function toMapping(entry: string, target: string, user: string): Mapping {
  const filled = target.replaceAll("${transfer:UserName}", user);
  if (!/^\/(.*[^/])?$/.test(entry)) throw new Error(`Entry ${entry} has to start and not end in /`);
  const match = /^\/([^/]+)(?:\/(.*[^/]))?$/.exec(filled);
  if (!match) throw new Error(`target ${filled} is not /bucket or /bucket/prefix`);
  return { entry, bucket: match[1], prefix: match[2] ?? "" };
}

/** Where a path of the user's leads to. */
export type Place =
  /** A key of the bucket; "" is the whole bucket. */
  | { readonly kind: "key"; readonly bucket: string; readonly key: string }
  /** A folder that only shows the mappings below it. */
  | { readonly kind: "virtual"; readonly names: string[] }
  | { readonly kind: "nowhere" };

/** Finds the mapping a path is in. */
export function locate(mappings: readonly Mapping[], path: string): Place {
  for (const { entry, bucket, prefix } of mappings) {
    const inside = entry === "/" ? path.slice(1) : below(path, entry);
    if (inside === undefined) continue;
    return { kind: "key", bucket, key: [prefix, inside].filter((part) => part !== "").join("/") };
  }
  const names = mappings
    .map(({ entry }) => (path === "/" ? entry.slice(1) : below(entry, path)))
    .filter((rest) => rest !== undefined)
    .map((rest) => rest.split("/")[0]);
  return names.length === 0
    ? { kind: "nowhere" }
    : { kind: "virtual", names: [...new Set(names)].sort() };
}

/** The part of a path below a folder; "" for the folder itself; undefined for a path elsewhere. */
function below(path: string, folder: string): string | undefined {
  if (path === folder) return "";
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}
