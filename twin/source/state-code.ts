import { createHash } from "node:crypto";
import * as path from "node:path";

import { bundleFunction, functionFile } from "../../lambdas/bundle";
import { label, Resource } from "../../lib/stack/resource";

/** The folder of a function's code in lambdas/, by the component that makes the function. */
const sources: Record<string, string> = {
  "canal-ftp:index:IdentityFunction": "identity-provider",
  "canal-ftp:index:UploadFunction": "upload-events",
};

interface Archive {
  readonly assets?: Readonly<Record<string, { text?: unknown; hash?: unknown }>>;
}

/**
 * Adds code to the functions of this project that have none in the state. A state contains code that the program gives
 * as text, as this one does, but only the hash of code from a file or a URL. In that case the function of this checkout
 * replaces it, and a notice states whether it is the same.
 *
 * @param root - Folder of the checkout.
 */
export function withFunctionCode(
  resources: readonly Resource[],
  root: string,
  notice: (text: string) => void,
): Promise<Resource[]> {
  const each = resources.map(async (resource) => {
    const source = sources[resource.parent?.split("::")[0] ?? ""];
    if (resource.type !== "aws:lambda/function:Function" || source === undefined) return resource;
    const assets = Object.values((resource.inputs.code as Archive | undefined)?.assets ?? {});
    if (assets.some(({ text }) => typeof text === "string")) return resource;

    const text = await bundleFunction(path.join(root, "lambdas", source, "handler.ts"));
    const hash = createHash("sha256").update(text).digest("hex");
    const comparison = compareHash(
      assets.map((asset) => asset.hash),
      hash,
    );
    notice(
      `${label(resource)} has no code in the state; the function of this checkout runs in its place, ${comparison}.`,
    );
    const code = { assets: { [functionFile]: { text, hash } } };
    return { ...resource, inputs: { ...resource.inputs, code } };
  });
  return Promise.all(each);
}

function compareHash(deployed: readonly unknown[], hash: string): string {
  if (!deployed.some((known) => typeof known === "string")) {
    return "which may differ: the state has no hash";
  }
  return deployed.includes(hash) ? "the same by its hash" : "DIFFERENT by its hash";
}
