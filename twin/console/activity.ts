import type { FtpEvent } from "../ftp/events";
import type { Part, PartName } from "../picture/part";
import { partNamed } from "../picture/parts";
import type { Activity } from "./updates";

/** The path of a connection, from the device to the endpoint. */
const connectionPath: readonly PartName[] = ["device", "sims", "vpg", "canal", "vpc", "endpoint"];

/** The parts of the picture that an event involves; undefined without such parts. */
export function activityOf(event: FtpEvent, parts: readonly Part[]): Activity | undefined {
  const present = (names: readonly PartName[]) =>
    names.filter((name) => parts.some(({ part }) => part === name));
  const activity = (names: readonly PartName[], more: Partial<Activity> = {}): Activity => ({
    parts: present(names),
    lasting: false,
    ...more,
  });
  switch (event.kind) {
    case "connected":
      return activity(connectionPath);
    case "unreachable": {
      const failed = partNamed(parts, event.reason) ?? interruptedPart(event.reason);
      const upTo = connectionPath.indexOf(failed);
      return activity(connectionPath.slice(0, upTo < 0 ? connectionPath.length : upTo + 1), {
        failed,
      });
    }
    case "command":
      return event.passwordLength === undefined
        ? undefined
        : activity(["endpoint", "identity"], { lasting: true });
    case "reply":
      if (event.text.startsWith("230 ")) return activity(["endpoint", "identity"]);
      return undefined;
    case "refused": {
      const failed = partNamed(parts, event.reason) ?? refusingPart(event);
      return failed && activity(["endpoint", failed], { failed });
    }
    case "data":
      return activity([...connectionPath, "bucket"], { lasting: true });
    case "transfer":
      return event.outcome === "failed"
        ? activity(["endpoint", "bucket"], { failed: "bucket" })
        : activity(["endpoint", "bucket", "events"]);
    case "change":
      return activity(["endpoint", "bucket", "events"]);
    case "login":
    case "opened":
    case "closed":
      return undefined;
  }
}

/** The part of a fault that interrupts the path: its message names no resource. */
function interruptedPart(reason: string): PartName {
  if (/\bVPG\b/.test(reason)) return "vpg";
  return /\bpeering\b/.test(reason) ? "canal" : "endpoint";
}

/** The part of a refusal that names no resource. */
function refusingPart({
  code,
  reason,
}: Extract<FtpEvent, { kind: "refused" }>): PartName | undefined {
  if (code === "ports-taken") return "endpoint";
  if (code === "login-denied" || code === "password-cut" || code === "password-former") {
    return "identity";
  }
  if (code !== undefined) return "bucket";
  return /identity provider/.test(reason) ? "identity" : undefined;
}
