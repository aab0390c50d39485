/**
 * A Lambda handler for logins: it reads an event, decides, and returns a response and writes one log line. Errors are
 * logged and answered.
 */
import { parseAddress } from "../../lib/ipv4";
import { BadSettings } from "../shared/environment";
import { authenticate, isServerId } from "./authenticate";
import type { AuthenticatorDependencies, Decision } from "./decision";
import { readRequest, shapeOf } from "./requests";
import { errorReply, decisionReply, type Reply } from "./responses";
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
 * @param dependencies - Called for every event; an error is logged and answered like a failure of the store.
 * @param functionName - The function's name in metrics.
 * @param write - Receives each log line with its line ending.
 */
export function createHandler(
  dependencies: () => AuthenticatorDependencies,
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
      const current = dependencies();
      digest = (name) => current.digests.name(name);
      decision = await authenticate(request, current);
    } catch (error) {
      observe({ outcome: "error", reason: describeError(error) });
      return errorReply(shape);
    }
    const { onRecord, notes } = decision;
    if (!decision.granted) {
      const { reason, failingNames } = decision;
      observe({ outcome: "denied", reason, notes, failingNames }, onRecord);
      return decisionReply(shape, {});
    }
    observe({ outcome: "granted", reason: decision.by, notes }, onRecord);
    return decisionReply(shape, decision.grant);
  };
}

/** Describes an error without its input: messages of other libraries may quote it. */
function describeError(error: unknown): string {
  if (error instanceof AwsError || error instanceof BadSettings) return error.message;
  if (!(error instanceof Error)) return "Error";
  const place = error.stack?.split("\n").find((line) => /^\s+at /.test(line)) ?? "";
  return `${error.name} ${place.trim()}`;
}
