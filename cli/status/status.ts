import { type Finding, tellFindings } from "../core/finding";
import type { Surroundings } from "../core/surroundings";
import { checkGroup, checkSims } from "./group-checks";
import { checkAwsPeering, checkRoutes, checkSoracomPeering } from "./peering-checks";
import { type AwsView, type Seen, type SoracomView, lookAtAws, lookAtSoracom } from "./views";
import { checkVpg, destinationOf } from "./vpg-checks";
import { type Wanted, readWanted } from "./wanted";

/** Compares what the stack says with what SORACOM and AWS say. Resolves with the exit code. */
export async function status(
  { stack, json }: { stack: string; json: boolean },
  surroundings: Surroundings,
): Promise<number> {
  const wanted = await readWanted(stack, surroundings);
  const [soracom, aws] = await Promise.all([
    lookAtSoracom(wanted, surroundings),
    lookAtAws(wanted, surroundings),
  ]);
  return tellFindings(stack, findingsOf(wanted, soracom, aws), json, surroundings);
}

function findingsOf(wanted: Wanted, soracom: Seen<SoracomView>, aws: Seen<AwsView>): Finding[] {
  // What SORACOM would tell of the routes' destination is not known then; the tables are not judged.
  const destination = "view" in soracom ? destinationOf(soracom.view) : undefined;
  const fromSoracom =
    "view" in soracom
      ? [...checkVpg(wanted, soracom.view), checkSoracomPeering(wanted, soracom.view)]
      : [unseen("SORACOM's side", soracom.reason)];
  const fromAws =
    "view" in aws
      ? [
          ...checkAwsPeering(wanted, aws.view),
          ...(destination === undefined ? [] : checkRoutes(wanted, aws.view, destination)),
        ]
      : [unseen("AWS's side", aws.reason)];
  const ofGroup =
    "view" in soracom
      ? [...checkGroup(wanted, soracom.view), ...checkSims(wanted, soracom.view)]
      : [];
  return [...fromSoracom, ...fromAws, ...ofGroup];
}

function unseen(check: string, reason: string): Finding {
  return { check, state: "unknown", found: "could not be looked at", remedy: reason };
}
