import type { Properties } from "./values";

/** One resource as the engine speaks of it. */
export interface Subject {
  readonly urn: string;
  /** Type token, for example `aws:transfer/server:Server`. */
  readonly type: string;
  readonly name: string;
  /** Prints a line of progress. */
  log(line: string): void;
}

/** A resource that exists, as Pulumi's state has it. */
export interface Existing extends Subject {
  readonly id: string;
  readonly oldInputs: Properties;
  readonly oldOutputs: Properties;
}

/** What a change of inputs comes to. */
export interface Difference {
  readonly changed: readonly string[];
  /** Those that cannot be changed in place. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace?: boolean;
}

export interface Made {
  readonly id: string;
  readonly outputs: Properties;
}

/** A resource provider in plain values: the protocol is in server.ts. */
export interface Provider {
  /** Configuration of the package, without its `aws:` or the like. */
  configure(values: Readonly<Record<string, string>>): void;
  /** Sentences about inputs that cannot be. */
  check(subject: Subject, inputs: Properties): string[];
  diff(existing: Existing, inputs: Properties): Difference;
  /** In a preview nothing is made; outputs known only after creation are left out or unknown. */
  create(subject: Subject, inputs: Properties, preview: boolean): Promise<Made>;
  update(existing: Existing, inputs: Properties, preview: boolean): Promise<Properties>;
  /** What is there now; undefined when it is gone. */
  read(existing: Existing): Promise<{ inputs: Properties; outputs: Properties } | undefined>;
  delete(existing: Existing): Promise<void>;
  /** The engine is asked to stop: what is under way ends. Default: nothing. */
  cancel?(): void;
  invoke(token: string, inputs: Properties): Promise<Properties>;
  /** Names of the outputs to keep secret, by the names of the inputs that are. */
  secretOutputs(outputs: Properties, secretInputs: readonly string[]): string[];
}
