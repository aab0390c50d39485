import type { EngineEvent, OpType } from "@pulumi/pulumi/automation";

/** One step of the engine: an operation on a resource, with its place in the stream of events. */
export interface Step {
  readonly op: OpType;
  readonly type: string;
  readonly name: string;
  /** Names of the inputs that changed, as the engine reports. */
  readonly changed: readonly string[];
  readonly start: number;
  /** Undefined when it failed. */
  end?: number;
}

/** What an operation of the engine did, from its stream of events. */
export class Timeline {
  readonly steps: Step[] = [];
  private clock = 0;

  /** For `onEvent`. */
  readonly listen = (event: EngineEvent): void => {
    this.clock++;
    const { resourcePreEvent: before, resOutputsEvent: after } = event;
    if (before) {
      const { op, urn, diffs, type } = before.metadata;
      const name = urn.split("::").pop()!;
      this.steps.push({ op, type, name, changed: diffs ?? [], start: this.clock });
    }
    if (after) {
      const { op, urn } = after.metadata;
      const name = urn.split("::").pop()!;
      const step = this.steps.find(
        (one) => one.op === op && one.name === name && urn.includes(one.type) && !one.end,
      );
      if (step) step.end = this.clock;
    }
  };

  /**
   * What was not left as it is, as `update log-group-name`, in alphabetical order. An update of a component is omitted:
   * it only records its arguments.
   */
  changes(): string[] {
    return this.steps
      .filter(({ op }) => op !== "same" && op !== "refresh" && op !== "read")
      .filter(({ op, type }) => op !== "update" || !type.startsWith("canal-ftp:index:"))
      .map(({ op, type, name }) => `${op} ${type.split(":").pop()} ${name}`)
      .sort();
  }

  /** The one step of this operation on the resource whose name ends so. */
  step(op: OpType, suffix: string): Step {
    const found = this.steps.filter((one) => one.op === op && one.name.endsWith(suffix));
    if (found.length === 1) return found[0];
    throw new Error(
      `${found.length} steps ${op} …${suffix}; there are: ${this.changes().join(", ")}`,
    );
  }

  /** Whether each of the steps has ended before the next starts. */
  inOrder(...steps: readonly Step[]): boolean {
    return steps.every(
      ({ end }, index) => index + 1 === steps.length || (end ?? Infinity) < steps[index + 1].start,
    );
  }
}
