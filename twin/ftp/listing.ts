import { matchesGlob } from "./glob";
import type { ListArgument } from "./list-argument";
import type { Entry, Home } from "./service";
import { listTime, machineTime } from "./timestamp";

/** Formats an entry as one line with CRLF. */
export type LineFormat = (entry: Entry) => string;

/** The facts of MLST and MLSD (RFC 3659 section 7.5) that OPTS MLST can choose from. */
export const facts = ["Size", "Modify", "Type", "Perm"] as const;
export type Fact = (typeof facts)[number];

/**
 * The line of LIST. The layout is that of a line of the real service; owner and group are "-" there. Link
 * count and size of a folder are those of Apache FtpServer 1.2.1.
 */
export function longFormat(now: Date): LineFormat {
  return (entry) => {
    const folder = entry.type === "directory";
    const mode = folder ? "drwx------   3" : "-rw-------   1";
    const size = String(folder ? 0 : entry.size).padStart(12);
    return `${mode} - - ${size} ${listTime(entry.modified, now)} ${printable(entry.name)}\r\n`;
  };
}

/** The line of NLST: the name only. */
export const nameFormat: LineFormat = (entry) => `${printable(entry.name)}\r\n`;

/** The line of MLSD and MLST; in RFC 3659, that of MLST begins with a blank. */
export function factFormat(facts: readonly Fact[]): LineFormat {
  const values: Record<Fact, (entry: Entry) => string> = {
    Size: (entry) => String(entry.size),
    Modify: (entry) => machineTime(entry.modified),
    Type: (entry) => (entry.type === "directory" ? "dir" : "file"),
    Perm: (entry) => (entry.type === "directory" ? "elfpcm" : "radfw"),
  };
  return (entry) =>
    `${facts.map((fact) => `${fact}=${values[fact](entry)};`).join("")} ${printable(entry.name)}\r\n`;
}

/**
 * The lines for one listed path, in blocks that grow from about 4 to 64 KiB: a client soon receives the first lines,
 * also of a folder that takes long to read. Names with a leading dot are shown only with the option "a" (Apache
 * FtpServer 1.2.1); a path that does not exist gives no line.
 */
export async function* listingBlocks(
  home: Home,
  path: string,
  entry: Entry | undefined,
  argument: ListArgument,
  format: LineFormat,
): AsyncGenerator<Buffer> {
  const all = argument.options.includes("a");
  let block = "";
  let length = FIRST;
  for await (const each of entriesOf(home, path, entry)) {
    const shown =
      (all || !each.name.startsWith(".")) &&
      (argument.pattern === undefined || matchesGlob(each.name, argument.pattern));
    if (shown) {
      block += format(each);
      if (block.length >= length) {
        yield Buffer.from(block);
        block = "";
        length = Math.min(length * 2, MOST);
      }
    }
  }
  yield Buffer.from(block);
}

/** Characters of the first block, and of the largest. */
const [FIRST, MOST] = [4 * 1024, 64 * 1024];

async function* entriesOf(home: Home, path: string, entry: Entry | undefined) {
  if (entry?.type === "file") {
    yield entry;
  } else if (entry?.type === "directory") {
    yield* home.list(path);
  }
}

/** Only a file put into the folder by other means can have a line ending in its name; it must not produce two lines. */
function printable(name: string): string {
  return name.replace(/[\r\n]/g, "?");
}
