import * as pulumi from "@pulumi/pulumi";

import { keyOf, type ResourceOptions } from "./resource";

/** The recorded options of one resource. */
export interface RecordedOptions {
  /** Key of the parent; undefined for the stack's own children. */
  readonly parent?: string;
  /** Including what the parent passes on. */
  readonly protect: boolean;
  /** Options other than these, where they are set. */
  readonly options: ResourceOptions;
}

/** Options that are plain data. */
const plainOptions = [
  "additionalSecretOutputs",
  "customTimeouts",
  "deleteBeforeReplace",
  "ignoreChanges",
  "import",
  "replaceOnChanges",
  "retainOnDelete",
] as const;

/**
 * Records the options of every resource that the running program registers. Pulumi's mocks do not receive options; a
 * stack transformation does. Call it inside `runInPulumiStack`, before the program.
 *
 * @returns The recorded options by resource key, once the program has run.
 */
export function recordOptions(): () => Promise<ReadonlyMap<string, RecordedOptions>> {
  const keys = new WeakMap<object, string>();
  const recorded = new Map<string, Promise<RecordedOptions>>();
  const protect = new Map<string | undefined, boolean>();
  pulumi.runtime.registerStackTransformation(({ resource, type, name, opts }) => {
    const key = keyOf(type, name);
    keys.set(resource, key);
    const parent = opts.parent && keys.get(opts.parent);
    // A resource without the option inherits it (Resource constructor of Pulumi's SDK).
    const isProtected = opts.protect ?? protect.get(parent) ?? false;
    protect.set(key, isProtected);
    recorded.set(
      key,
      plainOf(opts, keys).then((options) => ({ parent, protect: isProtected, options })),
    );
    return undefined;
  });
  return async () => {
    const entries = [...recorded].map(async ([key, options]) => [key, await options] as const);
    return new Map(await Promise.all(entries));
  };
}

async function plainOf(
  opts: pulumi.CustomResourceOptions,
  keys: WeakMap<object, string>,
): Promise<ResourceOptions> {
  const options: Record<string, unknown> = {};
  for (const name of plainOptions) {
    if (opts[name] !== undefined) options[name] = opts[name];
  }
  if (opts.aliases !== undefined) options.aliases = opts.aliases.length;
  if (opts.deletedWith) options.deletedWith = keys.get(opts.deletedWith);
  if (opts.dependsOn !== undefined) {
    const dependencies = (await resolve(opts.dependsOn)) as object | readonly object[];
    options.dependsOn = [dependencies]
      .flat()
      .map((dependency) => keys.get(dependency) ?? "another stack's resource")
      .sort();
  }
  return options;
}

/** An Input as a plain value; resources in it stay as they are. */
export function resolve(value: pulumi.Input<unknown>): Promise<unknown> {
  return new Promise((done) => {
    (pulumi.output(value) as pulumi.Output<unknown>).apply((plain: unknown) => done(plain));
  });
}
