import * as pulumi from "@pulumi/pulumi";

import { keyOf, Resource } from "./resource";
import { keyOfUrn } from "./urn";

interface Registration {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProtect(): boolean;
}

interface Monitor {
  registerResource(request: Registration, callback: unknown): unknown;
}

/**
 * Listens to what Pulumi's mocks do not pass on: parent and protection are in the registration request only.
 */
export function watchRegistrations(): { complete(resources: readonly Resource[]): Resource[] } {
  const seen = new Map<string, Registration>();
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    seen.set(keyOf(request.getType(), request.getName()), request);
    return register(request, callback);
  };
  return {
    complete: (resources) =>
      resources.map((resource) => {
        const request = seen.get(resource.key);
        // Made by a component of another language: protection comes down from the component.
        if (!request) {
          return { ...resource, protect: seen.get(resource.parent ?? "")?.getProtect() ?? false };
        }
        return {
          ...resource,
          parent: keyOfUrn(request.getParent()),
          protect: request.getProtect(),
        };
      }),
  };
}
