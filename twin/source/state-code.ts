import { createHash } from "node:crypto";
import * as path from "node:path";

import { bundleFunction, functionFile } from "../../lambdas/bundle";
import { label, Resource } from "../../lib/stack/resource";

/** Where the code of a function is, by the component that makes the function. */
const sources: Record<string, string> = {
  "canal-ftp:index:IdentityFunction": "identity-provider",
  "canal-ftp:index:UploadFunction": "upload-events",
};

interface Archive {
  readonly assets?: Readonly<Record<string, { text?: unknown; hash?: unknown }>>;
}

/**
 * A stack's resources, with code in every function of this project. A state holds the text of what a program gave
 * as text, which is how this one gives its functions; of code from a file or an address it holds a hash only. Then
 * the function of the checkout takes its place, and a notice says whether it is the same.
 *
 * @param root folder of the checkout
 */
export function withCode(
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
    const same = verdict(
      assets.map((asset) => asset.hash),
      hash,
    );
    notice(
      `${label(resource)} has no code in the state; the function of this checkout runs in its place, ${same}.`,
    );
    const code = { assets: { [functionFile]: { text, hash } } };
    return { ...resource, inputs: { ...resource.inputs, code } };
  });
  return Promise.all(each);
}

function verdict(deployed: readonly unknown[], hash: string): string {
  if (!deployed.some((known) => typeof known === "string")) {
    return "and whether it is the same cannot be told";
  }
  return deployed.includes(hash) ? "the same by its hash" : "ANOTHER ONE by its hash";
}
