import assert from "node:assert/strict";

import { alarmsOf } from "../../../components/operations/alarms";
import { telemetryLine as canaryLine } from "../../../lambdas/canary/telemetry";
import { telemetryLine as loginLine } from "../../../lambdas/identity-provider/telemetry";
import { telemetryLine as uploadLine } from "../../../lambdas/upload-events/telemetry";
import { readUpload } from "../../../lambdas/upload-events/transfer-event";
import { uploadEvent } from "../../lambdas/upload-events/support/events";
import type { EvaluatedComponent } from "../../support/evaluate-component";
import { alarmIn, isBreaching, valuesOf } from "./evaluate-alarm";
import { derived, documented, plainText } from "./log-lines";
import { everyLimit, makeOperations } from "./support";

/** Lines of one period: with `rings` the alarm goes off, with `silent` it does not. */
interface Lines {
  readonly rings: string[];
  readonly silent: string[];
}

/** Names of the evaluated functions, as they are in the lines' dimension. */
interface Names {
  readonly login: string;
  readonly canary: string;
  readonly worker: string;
}

const at = Date.UTC(2026, 10, 26, 3);
const times = (count: number, line: string) => Array.from({ length: count }, () => line);

/** For each alarm on a log, what a function or the server writes. The first lines of `rings` alone are silent. */
function linesOf({ login, canary, worker }: Names): Record<string, Lines> {
  const attempt = { milliseconds: 40, requestId: "r-1" };
  const granted = loginLine({ ...attempt, outcome: "granted", reason: "password" }, login, at);
  const denied = loginLine({ ...attempt, outcome: "denied", reason: "wrong-password" }, login, at);
  const locked = loginLine({ ...attempt, outcome: "denied", reason: "locked" }, login, at);
  const broken = { ...attempt, outcome: "error", reason: "StoreFailure" } as const;
  const slow = { ...attempt, outcome: "granted", reason: "password", milliseconds: 5000 } as const;
  const elsewhere = { ...attempt, outcome: "denied", reason: "locked" } as const;
  const otherStack = loginLine(elsewhere, "another-stack", at);

  const naming = (failingNames: number, name = login) =>
    loginLine({ ...attempt, outcome: "denied", reason: "unknown-user", failingNames }, name, at);

  const address = "10.0.0.5";
  const milliseconds = { connect: 2, login: 80 };
  const failed = { step: "upload", reason: "STOR: reply 550" } as const;
  const succeeded = canaryLine({ address, milliseconds }, canary, at);

  const cut = { "status-code": "FAILED", "failure-code": "PARTIAL_UPLOAD" };
  const unknown = { "status-code": "FAILED", "failure-code": "UNKNOWN_ERROR" };
  const logged = (detail: object) =>
    uploadLine(
      {
        kind: "logged",
        upload: readUpload(uploadEvent({ ...detail })),
        file: { id: "row", verified: false },
      },
      worker,
      at,
    );
  const again = uploadLine({ kind: "repeated", upload: readUpload(uploadEvent(cut)) }, worker, at);

  return {
    canary: {
      rings: [canaryLine({ address, milliseconds, failed }, canary, at), succeeded],
      silent: [succeeded, succeeded],
    },
    "store-errors": {
      rings: [loginLine(broken, login, at)],
      silent: [granted, denied, loginLine(broken, "another-stack", at)],
    },
    "slow-logins": {
      rings: [loginLine(slow, login, at)],
      silent: [granted, loginLine({ ...slow, milliseconds: 4999 }, login, at)],
    },
    "failed-logins": {
      rings: times(20, denied),
      silent: [...times(19, denied), ...times(20, granted), ...times(20, otherStack)],
    },
    "locked-users": {
      rings: times(2, locked),
      silent: [locked, ...times(20, denied), ...times(20, otherStack)],
    },
    "failing-names": {
      rings: [naming(2), naming(3)],
      silent: [...times(9, naming(2)), ...times(20, denied), naming(9, "another-stack")],
    },
    "server-errors": {
      rings: times(10, derived.error),
      silent: [...times(9, derived.error), ...times(20, documented.connected), derived.refused],
    },
    "partial-uploads": {
      rings: times(3, logged(cut)),
      silent: [...times(2, logged(cut)), ...times(9, logged(unknown)), ...times(9, again)],
    },
    "partial-uploads without events": {
      rings: times(3, derived.cut),
      silent: [...times(2, derived.cut), ...times(9, documented.uploaded), plainText],
    },
    "no-uploads": {
      rings: [
        ...Object.values(derived).filter((line) => line !== derived.uploadedToCanariesFolder),
        documented.connected,
        documented.opened,
        documented.disconnected,
        plainText,
      ],
      silent: [documented.uploaded],
    },
  };
}

/** Metrics that AWS counts by itself, with their documented dimensions. */
const documentedMetrics: Record<string, { metrics: string[]; dimensions: string[] }> = {
  // Lambda developer guide, "monitoring-metrics-types".
  "AWS/Lambda": { metrics: ["Errors", "Throttles"], dimensions: ["FunctionName"] },
  // SQS developer guide, "sqs-available-cloudwatch-metrics".
  "AWS/SQS": { metrics: ["ApproximateNumberOfMessagesVisible"], dimensions: ["QueueName"] },
  // Transfer Family user guide, "metrics".
  "AWS/Transfer": { metrics: ["BytesIn", "BytesOut"], dimensions: ["ServerId"] },
};

describe("every alarm, by the lines of a log", () => {
  let withEvents: EvaluatedComponent;
  let without: EvaluatedComponent;
  let lines: Record<string, Lines>;
  before(async () => {
    withEvents = await makeOperations();
    without = await makeOperations({ hasUploadEvents: false });
    const nameOf = (name: string) =>
      String(withEvents.resources.find((each) => each.name === name)!.outputs.name);
    lines = linesOf({
      login: nameOf("login"),
      canary: nameOf("canary"),
      worker: nameOf("worker"),
    });
  });

  // Known before anything is evaluated, so that each has a test of its own.
  const watched = { limits: everyLimit, canaryMinutes: 5 };
  const definitions = [
    ...alarmsOf({ ...watched, hasUploadEvents: true }).map((each) => ({ ...each, isWith: true })),
    ...alarmsOf({ ...watched, hasUploadEvents: false })
      .filter(({ suffix }) => suffix === "partial-uploads")
      .map((each) => ({ ...each, isWith: false })),
  ];
  for (const { suffix, namespace, isWith } of definitions) {
    const title = isWith ? suffix : `${suffix} without events`;
    if (namespace?.startsWith("AWS/")) {
      it(`${title}: is on a metric of ${namespace}, by its documented name and dimension`, () => {
        const { metricName, dimensions } = alarmIn(withEvents.child(suffix));
        const known = documentedMetrics[namespace];
        assert.ok(known.metrics.includes(metricName), metricName);
        assert.deepEqual(Object.keys(dimensions ?? {}), known.dimensions);
        assert.ok(Object.values(dimensions ?? {}).every((value) => value !== ""));
      });
      continue;
    }
    it(`${title}: goes off with lines that count, and not with lines that do not`, () => {
      assert.ok(
        title in lines,
        `linesOf has no lines for ${title}: add some that ring and some not`,
      );
      const made = isWith ? withEvents : without;
      const alarm = alarmIn(made.child(suffix));
      const { rings, silent } = lines[title];
      assert.equal(isBreaching(alarm, valuesOf(alarm, rings, made)), true, "it does not go off");
      assert.equal(isBreaching(alarm, valuesOf(alarm, silent, made)), false, "it goes off");
      // Each single line that is to be counted is: with one less, the limit is not reached.
      if (alarm.statistic === "Sum" && alarm.comparisonOperator !== "LessThanThreshold") {
        assert.equal(valuesOf(alarm, rings, made).length, alarm.threshold);
      }
    });
  }

  it("there are lines for no alarm that does not exist", () => {
    const titles = definitions.map(({ suffix, isWith }) =>
      isWith ? suffix : `${suffix} without events`,
    );
    assert.deepEqual(
      Object.keys(lines).filter((title) => !titles.includes(title)),
      [],
    );
  });

  it("the canary's uploads break no silence, those of a device in a folder of that name do", () => {
    const alarm = alarmIn(withEvents.child("no-uploads"));
    const { uploadedByCanary, uploadedToCanariesFolder } = derived;
    assert.deepEqual(valuesOf(alarm, [uploadedByCanary], withEvents), []);
    assert.deepEqual(valuesOf(alarm, [uploadedToCanariesFolder], withEvents), [1]);
  });
});
