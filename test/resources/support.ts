import type { Created } from "../../lib/stack/providers";
import type { Resource } from "../../lib/stack/resource";
import { createResource } from "../../resources";
import { ProviderContext } from "../../resources/context";

/** A context in Ireland, in which these resources exist. */
export function contextOf(resources: readonly Resource[] = []): ProviderContext {
  const config = {
    "aws:region": "eu-west-1",
    "aws:allowedAccountIds": '["210987654321"]',
    "aws:defaultTags": '{"tags":{"stack":"test"}}',
  };
  return new ProviderContext({ config, resources: () => resources });
}

/** A new resource in that context. */
export function created(
  type: string,
  name: string,
  inputs: Record<string, unknown> = {},
  resources: readonly Resource[] = [],
): Created {
  return createResource(type, name, inputs, contextOf(resources));
}
