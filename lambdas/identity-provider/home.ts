/**
 * The folders of a user, and the mappings that Transfer Family receives. Homes are LOGICAL: the user sees virtual
 * paths and cannot address any other object in the bucket.
 *
 * By default the home is `/`. An entry `/` must be the only one
 * (https://docs.aws.amazon.com/transfer/latest/userguide/implement-log-dirs.html), so the home of a user with further
 * folders is `/home`, and `/` only lists the folders.
 */
import type { Mapping, UserRecord } from "./stores/user-store";

/** The bucket, and the prefixes in it for users. */
export interface FileSpace {
  readonly bucketName: string;
  readonly bucketArn: string;
  /** ARN of the bucket's KMS key; absent for S3's own keys. */
  readonly kmsKeyArn?: string;
  /** Key prefix of the homes, without slashes at its ends. */
  readonly homePrefix: string;
  /** Key prefix that contains the targets of all further mappings, without slashes at its ends. */
  readonly sharedPrefix: string;
}

/** A folder of a user: a mapping whose target has been checked. */
export type Folder = Mapping;

/** Virtual path of the home for a user with further folders. */
export const homeEntry = "/home";

/** The folders of a user, the home first. */
export function foldersOf(user: UserRecord, space: FileSpace): Folder[] {
  const entry = user.mappings.length === 0 ? "/" : homeEntry;
  const home = { entry, target: `${space.homePrefix}/${user.name}`, access: user.access };
  return [home, ...user.mappings];
}

/** The response field HomeDirectoryDetails: a string that contains JSON, not an array. */
export function homeDirectoryDetails(folders: readonly Folder[], bucketName: string): string {
  return JSON.stringify(
    folders.map(({ entry, target }) => ({ Entry: entry, Target: `/${bucketName}/${target}` })),
  );
}

/**
 * The problems of a user's mappings, a sentence each; empty without problems. In every user store, a record lists
 * only shared folders and cannot contain another user's home.
 */
export function mappingProblems(mappings: readonly Mapping[], sharedPrefix: string): string[] {
  const problems: string[] = [];
  const taken = [homeEntry];
  for (const { entry, target } of mappings) {
    if (!isPath(entry.slice(1)) || !entry.startsWith("/")) {
      problems.push(`Mapping entry ${quote(entry)} is not a path such as "/config".`);
    } else if (taken.some((other) => isWithin(entry, other) || isWithin(other, entry))) {
      problems.push(`Mapping entry ${quote(entry)} overlaps another mapping.`);
    }
    taken.push(entry);
    if (!isPath(target) || !isWithin(target, sharedPrefix)) {
      problems.push(`Mapping target ${quote(target)} is not in "${sharedPrefix}".`);
    }
  }
  return problems;
}

// Only characters that a policy does not interpret as wildcards or variables.
function isPath(text: string): boolean {
  return (
    text.length <= 200 &&
    text.split("/").every((name) => /^[\w@.-]+$/.test(name) && !/^\.+$/.test(name))
  );
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
