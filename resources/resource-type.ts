import type { Created } from "../lib/stack/providers";
import type { Resource } from "../lib/stack/resource";
import type { Actions } from "./actions";
import { physicalName, type ProviderContext } from "./context";
import type { CostItem } from "./cost-item";

export type Create = (
  name: string,
  inputs: Readonly<Record<string, unknown>>,
  context: ProviderContext,
) => Created;

/** The contents of an AWS account, for the errors that depend on them. */
export interface AccountContents {
  readonly resources: readonly Resource[];
  hasObjects(bucket: string): boolean;
}

/** The error with which AWS rejects a request; undefined when AWS accepts it. */
export type Rejection = (
  resource: { readonly id: string; readonly inputs: Readonly<Record<string, unknown>> },
  account: AccountContents,
) => string | undefined;

/**
 * The facts about one resource type that the project's tools use. A type without an entry, and an entry without a
 * field, works everywhere: each field states what its readers do without it. Each of them prints a notice that names
 * the type and the file to add it to.
 */
export interface ResourceType {
  /** The id and the outputs that the provider computes. Without it: the inputs, and an id and an ARN that are made up. */
  readonly create?: Create;
  /**
   * Inputs that the provider cannot change in place (`ForceNew` in its schema); `a.b` is a field of a nested object.
   * Without it: every change is in place.
   */
  readonly replacedBy?: readonly string[];
  /** Seconds that AWS takes to create it. Default: 2. */
  readonly creationSeconds?: number;
  /** Why AWS does not create it. Without it: AWS creates it. */
  readonly rejectCreate?: Rejection;
  /** Why AWS does not delete it, for example because another resource uses it. Without it: AWS deletes it. */
  readonly rejectDelete?: Rejection;
  /** IAM actions that manage it; `none` for a type that needs none. Without it: deploy-role fails. */
  readonly actions?: Actions | "none";
  /** The items it is billed by, or the reason why it costs nothing. Without it: cost lists it as not priced. */
  readonly cost?: readonly CostItem[] | string;
}

/** The facts about a function of a provider, for example `aws.ec2.getRouteTable`. */
export interface Invoke {
  result(
    inputs: Readonly<Record<string, unknown>>,
    context: ProviderContext,
  ): Record<string, unknown>;
  /** IAM actions that it calls, on all resources. */
  readonly actions: readonly string[];
}

/** One module of a Pulumi package, by type and function tokens. */
export interface Service {
  readonly types?: Readonly<Record<string, ResourceType>>;
  readonly invokes?: Readonly<Record<string, Invoke>>;
}

/**
 * Creates a resource that has a name, generated unless it is given.
 *
 * @param outputsOf - Its other outputs, from that name; its id is the name unless `id` is among them.
 */
export function named(
  outputsOf: (name: string, context: ProviderContext, logicalName: string) => object = () => ({}),
): Create {
  return (logicalName, inputs, context) => {
    const name = physicalName(inputs.name, logicalName);
    const { id = name, ...outputs } = outputsOf(name, context, logicalName) as { id?: string };
    return { id, outputs: { name, ...outputs } };
  };
}
