/** A Lambda handler around the decision: event in, answer and one log line out. It never fails by surprise. */
import { parseAddress } from "../../lib/ipv4";
import { BadSettings } from "../shared/environment";
import { authenticate, isServerId } from "./authenticate";
import type { Deciders, Decision } from "./decision";
import { readRequest, shapeOf } from "./requests";
import { replyBroken, replyWith, type Reply } from "./responses";
import { AwsError } from "./stores/aws-json";
import { telemetryLine, type Observation } from "./telemetry";
import { isUserName } from "./user-name";

/** The part of Lambda's context that is used. */
export interface Context {
  readonly awsRequestId?: string;
}

/** The Lambda handler. */
export type Handler = (event: unknown, context?: Context) => Promise<Reply>;

/**
 * The handler.
 *
 * @param deciders - Called at every event; may throw, which is answered and logged like a broken store.
 * @param functionName - The function's name in metrics.
 * @param write - Takes each log line, with its end.
 */
export function createHandler(
  deciders: () => Deciders,
  functionName: string,
  write: (line: string) => void,
): Handler {
  return async (event, context) => {
    const started = performance.now();
    const shape = shapeOf(event);
    const request = readRequest(event);
    const observe = (
      what: Pick<Observation, "outcome" | "reason" | "notes" | "failingNames">,
      onRecord = false,
    ) => {
      const observation = {
        ...what,
        user: isUserName(request.user)
          ? onRecord
            ? request.user
            : digest(request.user)
          : undefined,
        address: parseAddress(request.address) === undefined ? undefined : request.address,
        serverId: isServerId(request.serverId) ? request.serverId : undefined,
        milliseconds: performance.now() - started,
        requestId: context?.awsRequestId ?? "",
      };
      write(`${telemetryLine(observation, functionName, Date.now())}\n`);
    };

    let decision: Decision;
    let digest = (_name: string): string | undefined => undefined;
    try {
      const decides = deciders();
      digest = (name) => decides.digests.name(name);
      decision = await authenticate(request, decides);
    } catch (error) {
      observe({ outcome: "error", reason: describe(error) });
      return replyBroken(shape);
    }
    const { onRecord, notes } = decision;
    if (!decision.granted) {
      const { reason, failingNames } = decision;
      observe({ outcome: "denied", reason, notes, failingNames }, onRecord);
      return replyWith(shape, {});
    }
    observe({ outcome: "granted", reason: decision.by, notes }, onRecord);
    return replyWith(shape, decision.grant);
  };
}

/** What broke, without what it was working on: messages of foreign errors may quote their input. */
function describe(error: unknown): string {
  if (error instanceof AwsError || error instanceof BadSettings) return error.message;
  if (!(error instanceof Error)) return "Error";
  const place = error.stack?.split("\n").find((line) => /^\s+at /.test(line)) ?? "";
  return `${error.name} ${place.trim()}`;
}
