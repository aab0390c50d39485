import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { root } from "../support/stack-values";

/** Runs a function with the folder of a project whose dev stack has this configuration. */
export async function folderWith<T>(
  config: Record<string, unknown>,
  act: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-project-"));
  try {
    fs.copyFileSync(path.join(root, "Pulumi.yaml"), path.join(folder, "Pulumi.yaml"));
    const values = { "aws:region": "ap-northeast-1", ...config };
    // JSON is YAML.
    fs.writeFileSync(path.join(folder, "Pulumi.dev.yaml"), JSON.stringify({ config: values }));
    return await act(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
