import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { poll, type Polling } from "./poll";

/** The status of a peering connection (EC2 API, VpcPeeringConnectionStateReason); undefined: AWS does not show it. */
type Status = string | undefined;

/** Final states of a peering. */
const finalStates = ["rejected", "failed", "expired", "deleting", "deleted"];

/** AWS shows a request within seconds, and it is active seconds after its acceptance. */
const acceptancePolling: Polling = { seconds: 300, pauseSeconds: 5 };

/**
 * Peerings of a VPC that wait for their acceptance. Those that are there before the stack's own is requested were
 * recorded by a run that did not accept them.
 */
export function unacceptedPeerings(
  vpcId: pulumi.Input<string>,
  opts: pulumi.InvokeOptions,
): pulumi.Output<string[]> {
  return aws.ec2.getVpcPeeringConnectionsOutput(
    {
      filters: [
        { name: "accepter-vpc-info.vpc-id", values: [vpcId] },
        { name: "status-code", values: ["pending-acceptance"] },
      ],
    },
    opts,
  ).ids;
}

/** Whether an earlier run recorded the peering, which is among the unaccepted ones, and did not accept it. */
export async function isLeftUnaccepted(
  id: string,
  unaccepted: readonly string[],
  opts: pulumi.InvokeOptions,
): Promise<boolean> {
  // Its state is read again: an emulator of AWS may list peerings without regard to their state.
  return unaccepted.includes(id) && (await statusOf(id, opts)) === "pending-acceptance";
}

/**
 * Waits until AWS shows the request, so that it can be accepted: the accepter reads it once, and accepts only what is
 * pending then. Returns the peering's id.
 *
 * @throws pulumi.RunError when AWS does not show it, or it has ended
 */
export async function untilRequested(
  id: string,
  opts: pulumi.InvokeOptions,
  polling = acceptancePolling,
): Promise<string> {
  const isShown = (status: Status) => status !== undefined && status !== "initiating-request";
  const status = await poll(() => statusOf(id, opts), isShown, polling);
  if (isShown(status) && !finalStates.includes(status!)) return id;
  throw failure(id, status, "accepted");
}

/**
 * Waits until the peering is active. Returns its id.
 *
 * @throws pulumi.RunError when it is not
 */
export async function untilActive(
  id: string,
  opts: pulumi.InvokeOptions,
  polling = acceptancePolling,
): Promise<string> {
  const isFinal = (status: Status) => status === "active" || finalStates.includes(status ?? "");
  const status = await poll(() => statusOf(id, opts), isFinal, polling);
  if (status === "active") return id;
  throw failure(id, status, "active");
}

async function statusOf(id: string, opts: pulumi.InvokeOptions): Promise<Status> {
  try {
    return (await aws.ec2.getVpcPeeringConnection({ id }, opts)).status;
  } catch (error) {
    if (/no matching/i.test((error as Error).message)) return undefined;
    throw error;
  }
}

function failure(id: string, status: Status, wanted: string): pulumi.RunError {
  if (status === undefined) {
    return new pulumi.RunError(
      `AWS does not show the peering ${id} that SORACOM has requested. Run pulumi up again; if it is still missing, check that the stack's account and region are those of the VPC.`,
    );
  }
  const remedy = finalStates.includes(status)
    ? "Run pulumi up --replace with the URN of the peering's Command, which requests another (docs/canal.md)."
    : "Run pulumi up again, which accepts it; if that does not help, accept it in the AWS console (VPC, Peering connections).";
  return new pulumi.RunError(`The peering ${id} is ${status}, not ${wanted}. ${remedy}`);
}
