import { type Finding, printFindings } from "../core/findings";
import type { CliContext } from "../core/context";
import { checkClaim } from "./claim-checks";
import { type DesiredState, readDesiredState } from "./desired-state";
import { checkGroup, checkSims } from "./group-checks";
import { checkAwsPeering, checkRoutes, checkSoracomPeering } from "./peering-checks";
import { type AwsView, type SoracomView, type ViewResult, readAws, readSoracom } from "./views";
import { checkVpg, destinationOf } from "./vpg-checks";

/** Compares the stack's outputs with what SORACOM and AWS report. Resolves with the exit code. */
export async function status(
  { stack, json }: { stack: string; json?: boolean },
  context: CliContext,
): Promise<number> {
  const desired = await readDesiredState(stack, context);
  const [soracom, aws] = await Promise.all([
    readSoracom(desired, context),
    readAws(desired, context),
  ]);
  return printFindings(stack, findingsOf(desired, soracom, aws), json, context);
}

function findingsOf(
  desired: DesiredState,
  soracom: ViewResult<SoracomView>,
  aws: ViewResult<AwsView>,
): Finding[] {
  // The routes' destination comes from SORACOM. Without it, the route tables are not checked.
  const destination = "view" in soracom ? destinationOf(soracom.view) : undefined;
  const fromSoracom =
    "view" in soracom
      ? [
          checkClaim(desired, soracom.view),
          ...checkVpg(desired, soracom.view),
          checkSoracomPeering(desired, soracom.view),
        ]
      : [notChecked("SORACOM's side", soracom.reason)];
  const fromAws =
    "view" in aws
      ? [
          ...checkAwsPeering(desired, aws.view),
          ...(destination === undefined ? [] : checkRoutes(desired, aws.view, destination)),
        ]
      : [notChecked("AWS's side", aws.reason)];
  const ofGroup =
    "view" in soracom
      ? [...checkGroup(desired, soracom.view), ...checkSims(desired, soracom.view)]
      : [];
  return [...fromSoracom, ...fromAws, ...ofGroup];
}

function notChecked(check: string, reason: string): Finding {
  return { check, state: "unknown", found: "could not be checked", remedy: reason };
}
