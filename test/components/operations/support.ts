import * as aws from "@pulumi/aws";

import { Operations, OperationsArgs } from "../../../components/operations";
import type { AlarmLimits } from "../../../components/operations/limits";
import { make, type EvaluatedComponent } from "../../support/evaluate-component";
import { shared } from "../../support/shared";

/** Limits under which there is every alarm. */
export const everyLimit: Required<AlarmLimits> = {
  failedLogins: 20,
  lockouts: 2,
  failingNames: 3,
  loginSeconds: 5,
  serverErrors: 10,
  partialUploads: 3,
  quietHours: 12,
  gigabytesPerDay: 100,
};

interface OperationsOptions extends Partial<Omit<OperationsArgs, "canary" | "uploads">> {
  /** Default true, both. */
  readonly hasCanary?: boolean;
  readonly hasUploadEvents?: boolean;
}

/** Operations of a site that has everything, by default. */
export const makeOperations = shared(
  (wanted: OperationsOptions = {}): Promise<EvaluatedComponent> => {
    const { hasCanary = true, hasUploadEvents = true, ...args } = wanted;
    return make("ops", () => {
      const role = "arn:aws:iam::123456789012:role/functions";
      const functionOf = (name: string) => new aws.lambda.Function(name, { role }).name;
      const server = new aws.transfer.Server("server");
      const serverLog = new aws.cloudwatch.LogGroup("server-log", { retentionInDays: 1 });
      return new Operations("ops", {
        identityFunctionName: functionOf("login"),
        serverId: server.id,
        serverLogGroupName: serverLog.name,
        canary: hasCanary ? { functionName: functionOf("canary"), minutes: 5 } : undefined,
        uploads: hasUploadEvents
          ? { functionName: functionOf("worker"), deadLettersName: new aws.sqs.Queue("dead").name }
          : undefined,
        limits: everyLimit,
        ...args,
      });
    });
  },
);
