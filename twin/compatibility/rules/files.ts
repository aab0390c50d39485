import { onReply, type Rule } from "../finding";

/** Rules for files and folders. */
export const fileRules: readonly Rule[] = [
  {
    id: "no-type",
    severity: "risk",
    remedy: 'Have the device send "TYPE I" before it transfers a file: AWS supports binary only.',
    detect: (event, { type }) =>
      event.kind === "transfer" && type === undefined
        ? `${event.path} was transferred without TYPE; a session starts in ASCII.`
        : undefined,
  },
  {
    id: "ascii",
    severity: "risk",
    remedy: 'Set the device to binary ("TYPE I"): AWS supports no other.',
    detect: (event, { type }) =>
      event.kind === "transfer" && type === "A"
        ? `${event.path} was transferred in ASCII.`
        : undefined,
  },
  {
    id: "rename-onto-existing",
    severity: "fails",
    remedy: "Have the device DELE the target first, or use a new name every time.",
    detect: onReply("RNTO", /^553 /, ({ refusal, command }) =>
      refusal === "exists" ? `${command.argument} already exists.` : undefined,
    ),
  },
  {
    id: "rename-folder",
    severity: "fails",
    remedy:
      "Have the device upload into the folder of the final name: S3 has no folders to rename.",
    detect: onReply("RNTO", /^553 /, ({ refusal, command }) =>
      refusal === "unsupported"
        ? `The device tried to rename a folder to ${command.argument}.`
        : undefined,
    ),
  },
  {
    id: "overwrite",
    severity: "note",
    remedy: "Use unique names; the bucket keeps replaced files as old versions for some days.",
    detect: (event) =>
      event.kind === "transfer" && event.replaced
        ? `${event.path} replaced a file of that name.`
        : undefined,
  },
  {
    id: "missing-folder",
    severity: "risk",
    remedy:
      "Have the device MKD each folder before it stores into it; AWS does not document what happens.",
    detect: (event) =>
      event.kind === "transfer" && event.madeFolder && event.path.lastIndexOf("/") > 0
        ? `${event.path} was stored in a folder that did not exist.`
        : undefined,
  },
  {
    id: "nested-folders",
    severity: "fails",
    remedy: "Have the device create the folders one level at a time.",
    detect: onReply("MKD", /^550 /, ({ refusal, command }) =>
      refusal === "parent-missing"
        ? `The folder above ${command.argument} does not exist; MKD creates one level.`
        : undefined,
    ),
  },
  {
    id: "not-allowed",
    severity: "fails",
    remedy: "Grant the user the permission, or configure the device so that it does not need it.",
    detect: onReply(undefined, /^[45]\d\d /, ({ refusal, refusalReason, command }) =>
      refusal === "denied"
        ? `The user is not allowed to ${command.name} ${command.argument}${actionIn(refusalReason)}.`
        : undefined,
    ),
  },
  {
    id: "cut-upload",
    severity: "fails",
    remedy:
      "Have the device send the file again: the real server stores the partial file under the file's name " +
      "and sends an event with PARTIAL_UPLOAD.",
    detect: (event) =>
      event.kind === "transfer" && event.direction === "upload" && event.outcome === "partial"
        ? `The upload of ${event.path} was interrupted after ${event.bytes} bytes.`
        : undefined,
  },
  {
    id: "cut-download",
    severity: "fails",
    remedy: "Have the device read until the server closes the data connection.",
    detect: (event) =>
      event.kind === "transfer" && event.direction === "download" && event.outcome === "partial"
        ? `The download of ${event.path} was interrupted after ${event.bytes} bytes.`
        : undefined,
  },
  {
    id: "storage-failed",
    severity: "fails",
    remedy: "Check the disk of this machine, and the --fault options of the twin.",
    detect: (event) =>
      event.kind === "transfer" && event.outcome === "failed"
        ? `The ${event.direction} of ${event.path} failed in the storage.`
        : undefined,
  },
];

/** The IAM action that a refusal names, in parentheses. */
function actionIn(reason: string): string {
  const [action] = /\b(?:s3|kms):\w+/.exec(reason) ?? [];
  return action === undefined ? "" : ` (${action})`;
}
