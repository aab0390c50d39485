import type { FtpEvent } from "../ftp/events";
import type { Part, PartName } from "../picture/part";
import { partNamed } from "../picture/parts";
import type { Hop } from "./change";

/** From the device to the endpoint: what a connection passes. */
const WAY: readonly PartName[] = ["device", "sims", "vpg", "canal", "vpc", "endpoint"];

/** What an event went through, for the picture to show; undefined for an event that shows nothing of it. */
export function hopOf(event: FtpEvent, parts: readonly Part[]): Hop | undefined {
  const present = (names: readonly PartName[]) =>
    names.filter((name) => parts.some(({ part }) => part === name));
  const hop = (names: readonly PartName[], more: Partial<Hop> = {}): Hop => ({
    parts: present(names),
    lasting: false,
    ...more,
  });
  switch (event.kind) {
    case "connected":
      return hop(WAY);
    case "unreachable": {
      const failed = partNamed(parts, event.reason) ?? severedAt(event.reason);
      const upTo = WAY.indexOf(failed);
      return hop(WAY.slice(0, upTo < 0 ? WAY.length : upTo + 1), { failed });
    }
    case "command":
      return event.passwordLength === undefined
        ? undefined
        : hop(["endpoint", "identity"], { lasting: true });
    case "reply":
      if (event.text.startsWith("230 ")) return hop(["endpoint", "identity"]);
      return undefined;
    case "refused": {
      const failed = partNamed(parts, event.reason) ?? refusedBy(event);
      return failed && hop(["endpoint", failed], { failed });
    }
    case "data":
      return hop([...WAY, "bucket"], { lasting: true });
    case "transfer":
      return event.outcome === "failed"
        ? hop(["endpoint", "bucket"], { failed: "bucket" })
        : hop(["endpoint", "bucket", "events"]);
    case "change":
      return hop(["endpoint", "bucket", "events"]);
    case "closed":
      return undefined;
  }
}

/** Faults that sever the way name no resource. */
function severedAt(reason: string): PartName {
  if (/\bVPG\b/.test(reason)) return "vpg";
  return /\bpeering\b/.test(reason) ? "canal" : "endpoint";
}

/** Refusals that name no resource. */
function refusedBy({ code, reason }: Extract<FtpEvent, { kind: "refused" }>): PartName | undefined {
  if (code !== undefined) return "bucket";
  return /identity provider/.test(reason) ? "identity" : undefined;
}
