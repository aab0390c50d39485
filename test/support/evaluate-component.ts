import { evaluate } from "../../lib/stack/evaluate";
import type { Providers } from "../../lib/stack/providers";
import type { Resource } from "../../lib/stack/resource";
import { providers, unknownTypeNotices } from "../../resources";

/** The resources of a component, found by the end of their names. */
export interface EvaluatedComponent {
  readonly resources: Resource[];
  /** The one resource with this suffix after the component's name. */
  child(suffix: string): Resource;
  /** Types of all children, in alphabetical order, short: `aws:s3/bucket:Bucket` as `Bucket`. */
  readonly types: string[];
}

/** Notices that a test has printed; each is printed once. */
const printed = new Set<string>();

/**
 * Evaluates one component by itself, as another program would use it.
 *
 * @param own - Providers. Default: those of resources/.
 */
export async function make(
  name: string,
  program: () => unknown,
  own: Providers = providers,
): Promise<EvaluatedComponent> {
  const { resources } = await evaluate({
    program: async () => {
      await program();
      return {};
    },
    providers: own,
    project: "other-program",
    stack: "test",
    config: { "aws:region": "ap-northeast-1" },
  });
  for (const notice of unknownTypeNotices(resources)) {
    if (!printed.has(notice)) console.warn(notice);
    printed.add(notice);
  }
  // The children of awsx's VPC belong to that component.
  const children = resources.filter(
    ({ type, parent }) => !type.startsWith("canal-ftp:") && !parent?.startsWith("awsx:"),
  );
  return {
    resources,
    types: children.map(({ type }) => type.split(":").pop()!).sort(),
    child(suffix) {
      const found = children.filter((resource) => resource.name === `${name}-${suffix}`);
      if (found.length !== 1) {
        const names = children.map((resource) => resource.name).join(", ");
        throw new Error(
          `${found.length} resources are named ${name}-${suffix}; there are: ${names}`,
        );
      }
      return found[0];
    },
  };
}

/** A policy that a resource has as JSON text. */
export function policyOf(resource: Resource, input = "policy") {
  return JSON.parse(String(resource.inputs[input])) as {
    Statement: {
      Sid: string;
      Effect: string;
      Action: string | string[];
      Resource?: string | string[];
      Condition?: Record<string, Record<string, string>>;
    }[];
  };
}
