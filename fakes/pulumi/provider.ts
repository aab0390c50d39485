import type { Properties } from "./values";

/** A resource in a request of the engine. */
export interface ResourceRequest {
  readonly urn: string;
  /** Type token, for example `aws:transfer/server:Server`. */
  readonly type: string;
  readonly name: string;
  /** Prints a line of progress. */
  log(line: string): void;
}

/** An existing resource, as in Pulumi's state. */
export interface Existing extends ResourceRequest {
  readonly id: string;
  readonly oldInputs: Properties;
  readonly oldOutputs: Properties;
}

/** The effect of changed inputs. */
export interface Difference {
  readonly changed: readonly string[];
  /** Those that cannot be changed in place. */
  readonly replaces: readonly string[];
}

export interface CreateResult {
  readonly id: string;
  readonly outputs: Properties;
}

/** A resource provider in plain values: the protocol is in server.ts. */
export interface Provider {
  /** Configuration of the package, without its `aws:` or the like. */
  configure(values: Readonly<Record<string, string>>): void;
  /** Messages about invalid inputs. */
  check(subject: ResourceRequest, inputs: Properties): string[];
  diff(existing: Existing, inputs: Properties): Difference;
  /** A preview creates nothing; outputs known only after creation are omitted or unknown. */
  create(subject: ResourceRequest, inputs: Properties, preview: boolean): Promise<CreateResult>;
  update(existing: Existing, inputs: Properties, preview: boolean): Promise<Properties>;
  /** The current resource; undefined when it no longer exists. */
  read(existing: Existing): Promise<{ inputs: Properties; outputs: Properties } | undefined>;
  delete(existing: Existing): Promise<void>;
  /** The engine is cancelled: ends operations in progress. Default: nothing. */
  cancel?(): void;
  invoke(token: string, inputs: Properties): Promise<Properties>;
  /** Names of the outputs to keep secret, by the names of the inputs that are. */
  secretOutputs(outputs: Properties, secretInputs: readonly string[]): string[];
}
