/**
 * Which folders a user has, and the mappings that Transfer Family receives. Homes are LOGICAL: the user sees
 * virtual paths and has no name for anything else in the bucket.
 *
 * Usually the home is `/`. An entry `/` must be the only one
 * (https://docs.aws.amazon.com/transfer/latest/userguide/implement-log-dirs.html), so for a user with
 * further folders the home moves to `/home`, and `/` only lists the folders.
 */
import type { Mapping, UserRecord } from "./stores/user-store";

/** The bucket, and which part of it is for users. */
export interface FileSpace {
  readonly bucketName: string;
  readonly bucketArn: string;
  /** The key the bucket is encrypted with; absent for S3's own keys. */
  readonly kmsKeyArn?: string;
  /** Key prefix of the homes, without slashes at its ends. */
  readonly homePrefix: string;
  /** Key prefix under which the targets of further mappings must lie, without slashes at its ends. */
  readonly sharedPrefix: string;
}

/** A folder of a user: a mapping whose target is known to be the user's to have. */
export type Folder = Mapping;

/** Where the home is seen by a user who has further folders. */
export const homeEntry = "/home";

/** The folders of a user, the home first. */
export function foldersOf(user: UserRecord, space: FileSpace): Folder[] {
  const entry = user.mappings.length === 0 ? "/" : homeEntry;
  const home = { entry, target: `${space.homePrefix}/${user.name}`, access: user.access };
  return [home, ...user.mappings];
}

/** The response field HomeDirectoryDetails: a string that holds JSON, not an array. */
export function homeDirectoryDetails(folders: readonly Folder[], bucketName: string): string {
  return JSON.stringify(
    folders.map(({ entry, target }) => ({ Entry: entry, Target: `/${bucketName}/${target}` })),
  );
}

/**
 * What is wrong with a user's mappings, a sentence each; empty when all is well. A record says which shared
 * folders a user sees; it cannot name another user's home, in any user store.
 */
export function mappingProblems(mappings: readonly Mapping[], sharedPrefix: string): string[] {
  const problems: string[] = [];
  const taken = [homeEntry];
  for (const { entry, target } of mappings) {
    if (!isPath(entry.slice(1)) || !entry.startsWith("/")) {
      problems.push(`Mapping entry ${quote(entry)} is not a path such as "/config".`);
    } else if (taken.some((other) => isWithin(entry, other) || isWithin(other, entry))) {
      problems.push(`Mapping entry ${quote(entry)} is inside another, or holds it.`);
    }
    taken.push(entry);
    if (!isPath(target) || !isWithin(target, sharedPrefix)) {
      problems.push(`Mapping target ${quote(target)} is not in "${sharedPrefix}".`);
    }
  }
  return problems;
}

// Names of plain characters only: nothing a policy would read as a wildcard or a variable.
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
