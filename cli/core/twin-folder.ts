import * as path from "node:path";

/**
 * The folder that a twin keeps its data in.
 *
 * @param root - Folder of the program.
 * @param name - The stack, or `state` for a twin of a state file.
 * @param given - A folder from the command line, relative to the working directory.
 */
export function twinFolder(root: string, name: string, given?: string): string {
  return given === undefined ? path.join(root, ".twin", name) : path.resolve(given);
}
