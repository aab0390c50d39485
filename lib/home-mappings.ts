/** The identity provider's response to a login, as Transfer Family reads it. */
export interface IdentityAnswer {
  readonly role: string;
  readonly homeDirectoryType: "PATH" | "LOGICAL";
  readonly homeDirectory?: string;
  readonly homeDirectoryDetails?: string;
  readonly policy?: string;
}

/** A part of the user's directory tree and its location in S3. */
export interface Mapping {
  /** Path as the user sees it: "/", or without a trailing slash. */
  readonly entry: string;
  readonly bucket: string;
  /** Key prefix without leading and trailing slash; "" for the whole bucket. */
  readonly prefix: string;
}

/**
 * The user's directory tree according to the identity provider's response. AWS's rules for it (user guide,
 * "implement-log-dirs") are enforced: with Transfer Family a violation is a failed login.
 *
 * @throws Error that states the violated rule.
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

/** The location of a user's path. */
export type MappedPath =
  /** A key of the bucket; "" for the whole bucket. */
  | { readonly kind: "key"; readonly bucket: string; readonly key: string }
  /** A directory that contains nothing but the mappings below it. */
  | { readonly kind: "virtual"; readonly names: string[] }
  | { readonly kind: "nowhere" };

/** Resolves a path by the mappings. */
export function locate(mappings: readonly Mapping[], path: string): MappedPath {
  for (const { entry, bucket, prefix } of mappings) {
    const inside = entry === "/" ? path.slice(1) : pathBelow(path, entry);
    if (inside === undefined) continue;
    return { kind: "key", bucket, key: [prefix, inside].filter((part) => part !== "").join("/") };
  }
  const names = mappings
    .map(({ entry }) => (path === "/" ? entry.slice(1) : pathBelow(entry, path)))
    .filter((rest) => rest !== undefined)
    .map((rest) => rest.split("/")[0]);
  return names.length === 0
    ? { kind: "nowhere" }
    : { kind: "virtual", names: [...new Set(names)].sort() };
}

/** The part of a path below a folder; "" for the folder itself; undefined for a path outside it. */
function pathBelow(path: string, folder: string): string | undefined {
  if (path === folder) return "";
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}
