import { type Finding, printFindings } from "../core/findings";
import type { CliContext } from "../core/context";
import { checkGroup, checkSims } from "./group-checks";
import { checkAwsPeering, checkRoutes, checkSoracomPeering } from "./peering-checks";
import { type AwsView, type Seen, type SoracomView, lookAtAws, lookAtSoracom } from "./views";
import { checkVpg, destinationOf } from "./vpg-checks";
import { type DesiredState, readDesiredState } from "./desired-state";

/** Compares what the stack says with what SORACOM and AWS say. Resolves with the exit code. */
export async function status(
  { stack, json }: { stack: string; json?: boolean },
  context: CliContext,
): Promise<number> {
  const wanted = await readDesiredState(stack, context);
  const [soracom, aws] = await Promise.all([
    lookAtSoracom(wanted, context),
    lookAtAws(wanted, context),
  ]);
  return printFindings(stack, findingsOf(wanted, soracom, aws), json, context);
}

function findingsOf(
  wanted: DesiredState,
  soracom: Seen<SoracomView>,
  aws: Seen<AwsView>,
): Finding[] {
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
