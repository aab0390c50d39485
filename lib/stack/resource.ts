/** One resource as the program registered it, with the outputs that its provider would return. */
export interface Resource {
  /** Type and name, `type::name`, which identify it in the stack. */
  readonly key: string;
  /** Type token, for example `aws:transfer/server:Server`. */
  readonly type: string;
  readonly name: string;
  /** Provider's id; empty for a component. */
  readonly id: string;
  /** Plain values: secrets are unwrapped here and named in `secrets`. */
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
  /** Names of the inputs that were secret. */
  readonly secrets: string[];
  /** Key of the parent; undefined for the stack's own children. */
  readonly parent?: string;
  /** Including what its parent passes on. */
  readonly protect: boolean;
  /** Its other options, where they are set; undefined for a resource that the program does not register itself. */
  readonly options?: ResourceOptions;
}

/** Options of a resource by their names in Pulumi; resources are named by their keys, aliases by their number. */
export type ResourceOptions = Readonly<Record<string, unknown>>;

/** The resources and outputs of a stack's program, evaluated without calling a cloud. */
export interface EvaluatedStack {
  readonly project: string;
  readonly stack: string;
  /** In the order of their registration. */
  readonly resources: Resource[];
  readonly outputs: Record<string, unknown>;
}

/** An evaluated stack, and the provider functions its program called. */
export interface Evaluation extends EvaluatedStack {
  /** Tokens, for example `aws:ec2/getRouteTable:getRouteTable`, each once. */
  readonly invokes: readonly string[];
}

/** All resources of a type. */
export function ofType(resources: readonly Resource[], type: string): Resource[] {
  return resources.filter((resource) => resource.type === type);
}

/** How a log names a resource: its type's last part and its name, for example `Route canal-ftp-dev-canal-route-1`. */
export function label(resource: Pick<Resource, "type" | "name">): string {
  return `${resource.type.split(":").pop()} ${resource.name}`;
}

/** The environment variables of an aws.lambda.Function. */
export function variablesOf({ outputs }: Pick<Resource, "outputs">): Record<string, string> {
  const environment = outputs.environment as { variables?: Record<string, string> } | undefined;
  return environment?.variables ?? {};
}

export function keyOf(type: string, name: string): string {
  return `${type}::${name}`;
}
