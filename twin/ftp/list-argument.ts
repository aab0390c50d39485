/** The argument of LIST, NLST, MLSD, MLST and STAT. */
export interface ListArgument {
  /** What to list, as the client wrote it. */
  readonly path: string;
  /** Which names of the folder; undefined for all. */
  readonly pattern: string | undefined;
  /** The letters behind the "-" words. */
  readonly options: string;
}

/** A pattern in a folder part, which the model does not accept. */
export class PatternInFolder extends Error {
  constructor(path: string) {
    super(`"${path}" has a pattern before its last part; only the last part may have one.`);
  }
}

/** Splits options, path and pattern as Apache FtpServer 1.2.1 does; throws PatternInFolder. */
export function parseListArgument(argument: string | undefined): ListArgument {
  const words = (argument ?? "").split(" ");
  const first = words.findIndex((word) => word !== "" && !word.startsWith("-"));
  const leading = first === -1 ? words : words.slice(0, first);
  const options = leading.map((word) => word.slice(1)).join("");
  const path = first === -1 ? "./" : words.slice(first).join(" ");
  if (path.endsWith("/")) {
    return { path, pattern: undefined, options };
  }
  const slash = path.lastIndexOf("/");
  const last = path.slice(slash + 1);
  if (!isPattern(last)) {
    refusePattern(path);
    return { path, pattern: undefined, options };
  }
  const folder = slash === -1 ? "./" : path.slice(0, slash + 1);
  refusePattern(folder);
  return { path: folder, pattern: last === "*" ? undefined : last, options };
}

function refusePattern(path: string): void {
  if (isPattern(path)) {
    throw new PatternInFolder(path);
  }
}

function isPattern(text: string): boolean {
  return /[*?[]/.test(text);
}
