import { onReply, type Rule } from "../finding";
import { partsOf } from "../sent-command";

/** Commands with a path as argument. */
const paths = ["STOR", "STOU", "RETR", "DELE", "MKD", "RMD", "CWD", "RNFR", "RNTO", "SIZE", "MDTM"];

/** Maximum bytes of a file name for the smallest fields in devices' manuals. */
const shortName = 50;

/** Rules on the path of a command. */
function onPath(find: (path: string) => string | undefined): Rule["detect"] {
  return (event) => {
    if (event.kind !== "command") {
      return undefined;
    }
    const { name, argument } = partsOf(event.line);
    return paths.includes(name) ? find(argument) : undefined;
  };
}

/** Rules for names of files and folders. */
export const nameRules: readonly Rule[] = [
  {
    id: "not-utf8",
    severity: "fails",
    remedy: "Use names in ASCII, or have the device send UTF-8 (not Shift_JIS or Latin-1).",
    detect: onReply(
      undefined,
      /^501 Invalid character/,
      () => "A command line was not UTF-8: it was refused, with all commands in the same packet.",
    ),
  },
  {
    id: "backslash",
    severity: "risk",
    remedy: 'Separate folders by "/": in S3 a backslash is part of the name.',
    detect: onPath((path) =>
      path.includes("\\")
        ? `"${path}" contains a backslash, so it is one name without folders.`
        : undefined,
    ),
  },
  {
    id: "encoded-in-events",
    severity: "note",
    remedy: "Decode the key in consumers: S3's own notifications contain it URL-encoded.",
    detect: onPath((path) =>
      /[ #+%&]/.test(path) ? `"${path}" contains characters that are encoded in URLs.` : undefined,
    ),
  },
  {
    id: "control-characters",
    severity: "risk",
    remedy:
      "Use names without control characters: many programs cannot list or download such a file.",
    detect: onPath((path) =>
      /[\u0000-\u001f\u007f]/.test(path) ? "A name contains a control character." : undefined,
    ),
  },
  {
    id: "long-name",
    severity: "note",
    remedy: `Use names of at most ${shortName} bytes if other devices download them.`,
    detect: onPath((path) =>
      path.split("/").some((part) => Buffer.byteLength(part) > 255)
        ? "A part of a path is longer than 255 bytes, which no file system supports."
        : undefined,
    ),
  },
];
