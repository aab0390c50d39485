import { onReply, type Rule } from "../finding";
import { partsOf } from "../sent-command";

/** Commands whose argument is a path. */
const paths = ["STOR", "STOU", "RETR", "DELE", "MKD", "RMD", "CWD", "RNFR", "RNTO", "SIZE", "MDTM"];

/** Bytes of a file name that fits the smallest fields met in devices' manuals. */
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

/** How the device writes the names of files and folders. */
export const nameRules: readonly Rule[] = [
  {
    id: "not-utf8",
    severity: "fails",
    remedy: "Use names in ASCII, or have the device send UTF-8 (not Shift_JIS or Latin-1).",
    detect: onReply(
      undefined,
      /^501 Invalid character/,
      () => "A command line was not UTF-8, and was refused with all that came with it.",
    ),
  },
  {
    id: "backslash",
    severity: "risk",
    remedy: 'Write "/" between folders: in S3 a backslash is a part of the name.',
    detect: onPath((path) =>
      path.includes("\\") ? `"${path}" has a backslash and is one flat name.` : undefined,
    ),
  },
  {
    id: "encoded-in-events",
    severity: "note",
    remedy: "Have consumers decode the key: S3's own notifications carry it URL-encoded.",
    detect: onPath((path) =>
      /[ #+%&]/.test(path) ? `"${path}" has characters that are encoded in URLs.` : undefined,
    ),
  },
  {
    id: "control-characters",
    severity: "risk",
    remedy:
      "Leave control characters out of names: many programs cannot list or fetch such a file.",
    detect: onPath((path) =>
      /[\u0000-\u001f\u007f]/.test(path) ? "A name has a control character." : undefined,
    ),
  },
  {
    id: "long-name",
    severity: "note",
    remedy: `Keep names within ${shortName} bytes where other devices have to fetch them.`,
    detect: onPath((path) =>
      path.split("/").some((part) => Buffer.byteLength(part) > 255)
        ? "A part of a path is longer than 255 bytes, which no disk holds."
        : undefined,
    ),
  },
];
