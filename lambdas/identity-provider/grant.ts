/** The response to a granted login. */
import { foldersOf, homeDirectoryDetails, mappingProblems, type FileSpace } from "./home";
import { longestPolicy, sessionPolicy } from "./session-policy";
import type { UserRecord } from "./stores/user-store";

/** The response document that grants a login; `{}` refuses it. */
export interface Grant {
  readonly Role: string;
  readonly HomeDirectoryType: "LOGICAL";
  readonly HomeDirectoryDetails: string;
  readonly Policy: string;
}

/** The response fields for a user's folders, or the problems that prevent them. */
type Folders =
  | { readonly problems: readonly []; readonly fields: Omit<Grant, "Role"> }
  | { readonly problems: readonly string[]; readonly fields?: undefined };

/**
 * The folders of a user as response fields. Programs that write users call this first and reject users with problems;
 * the function calls it at each login and denies it.
 */
export function describeFolders(user: UserRecord, space: FileSpace): Folders {
  const problems = mappingProblems(user.mappings, space.sharedPrefix);
  if (problems.length > 0) return { problems };
  const folders = foldersOf(user, space);
  const Policy = sessionPolicy(folders, space);
  if (Policy.length > longestPolicy) {
    return {
      problems: [
        `The session policy would have ${Policy.length} characters, not ${longestPolicy} at most: fewer or shorter mappings are needed.`,
      ],
    };
  }
  return {
    problems: [],
    fields: {
      HomeDirectoryType: "LOGICAL",
      HomeDirectoryDetails: homeDirectoryDetails(folders, space.bucketName),
      Policy,
    },
  };
}
