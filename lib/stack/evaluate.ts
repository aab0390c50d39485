import * as pulumi from "@pulumi/pulumi";

import type { Providers } from "./providers";
import { type Evaluation, keyOf, type Resource } from "./resource";
import { recordOptions, type RecordedOptions, resolve } from "./resource-options";
import { unwrapSecrets } from "./secrets";

export interface EvaluateOptions {
  /** Registers resources and returns the stack's outputs. */
  readonly program: () => unknown;
  readonly project: string;
  readonly stack: string;
  readonly providers: Providers;
  /** Configuration as returned by `readStackConfig`. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys whose values are secrets. */
  readonly secretKeys?: readonly string[];
  /** Address of the device, inside the range of the simulated VPG. Default 100.64.0.10. */
  readonly deviceAddress?: string;
}

/**
 * Runs the program of a stack in this process, with Pulumi's runtime and simulated providers. Nothing is created
 * anywhere. One evaluation at a time, because Pulumi's runtime is global.
 *
 * @throws The program's error; pulumi.RunError for an invalid configuration.
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { program, project, stack, providers, config, deviceAddress } = options;
  const resources: Resource[] = [];
  const invokes = new Set<string>();
  const state = { config, resources: () => resources, deviceAddress };

  // Pulumi's runtime does not always propagate the errors of mocks, so they are collected here.
  const failures: unknown[] = [];
  const note = <T>(make: () => T): T => {
    try {
      return make();
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  const mocks: pulumi.runtime.Mocks = {
    newResource(args) {
      if (args.type === "pulumi:pulumi:Stack") return { id: args.name, state: {} };
      const { value, secrets } = unwrapSecrets(args.inputs as Record<string, unknown>);
      const {
        id,
        outputs,
        children = [],
      } = note(() => providers.create(args.type, args.name, value, args.custom ?? true, state));
      const base = {
        key: keyOf(args.type, args.name),
        type: args.type,
        name: args.name,
        id,
        secrets,
        protect: false,
      };
      resources.push({ ...base, inputs: value, outputs: { ...value, ...outputs } }, ...children);
      return { id, state: { ...args.inputs, ...outputs } };
    },
    call: (args) => {
      invokes.add(args.token);
      return note(() =>
        providers.invoke(args.token, args.inputs as Record<string, unknown>, state),
      );
    },
  };
  await pulumi.runtime.setMocks(mocks, project, stack, false);
  pulumi.runtime.setAllConfig({ ...config }, [...(options.secretKeys ?? [])]);

  let outputs: Record<string, unknown>;
  let optionsOf: () => Promise<ReadonlyMap<string, RecordedOptions>>;
  // Pulumi formats a stack trace for each promise, through source maps: with ten frames, a quarter of an evaluation.
  // One frame still names the line that throws.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 1;
  try {
    outputs = (await pulumi.runtime.runInPulumiStack(async () => {
      optionsOf = recordOptions();
      return program();
    })) as Record<string, unknown>;
  } catch (error) {
    throw failures[0] ?? error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    // Otherwise pending registrations would complete in the next evaluation.
    await pulumi.runtime.disconnect();
  }
  if (failures.length > 0) throw failures[0];
  return {
    project,
    stack,
    resources: withOptions(resources, await optionsOf!()),
    invokes: [...invokes],
    outputs: (await resolve(outputs)) as Record<string, unknown>,
  };
}

/** Completes resources; one that the program does not register itself inherits protection from its component. */
function withOptions(
  resources: readonly Resource[],
  recorded: ReadonlyMap<string, RecordedOptions>,
): Resource[] {
  return resources.map((resource) => {
    const own = recorded.get(resource.key);
    if (own) return { ...resource, ...own };
    return { ...resource, protect: recorded.get(resource.parent ?? "")?.protect ?? false };
  });
}
