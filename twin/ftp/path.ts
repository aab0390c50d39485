/**
 * The absolute path of a client's argument, relative to its current folder. Resolved as text, so
 * "missing/../file" is valid; ".." above the home stays at the home; "~" as a whole part is the home (Apache
 * FtpServer 1.2.1). A backslash is an ordinary character, as in an S3 key.
 */
export function resolvePath(current: string, argument: string): string {
  const parts = argument.startsWith("/") ? [] : split(current);
  for (const part of split(argument)) {
    if (part === "..") {
      parts.pop();
    } else if (part === "~") {
      parts.length = 0;
    } else if (part !== ".") {
      parts.push(part);
    }
  }
  return `/${parts.join("/")}`;
}

function split(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}
