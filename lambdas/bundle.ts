import { build } from "esbuild";

/** Name of the code's file in the function's archive. */
export const functionFile = "index.js";

/** The `handler` of the function: file and export. */
export const functionHandler = "index.handler";

/**
 * Bundles a Lambda function into one JavaScript file for the Node 20 runtime and newer. The same sources give the
 * same bytes in every folder, so an unchanged function is not deployed again.
 *
 * The file is CommonJS, which a process loads slightly faster than an ES module.
 *
 * @param entry - Absolute path of the file that exports `handler`.
 * @param replaced - Absolute paths of replacement modules by the names of the replaced ones, such as `your-function`.
 * @returns The file's text. esbuild runs in a separate process, so that callers can continue meanwhile.
 * @throws Error that lists esbuild's errors.
 */
export function bundleFunction(
  entry: string,
  replaced: Readonly<Record<string, string>> = {},
): Promise<string> {
  const name = JSON.stringify([entry, replaced]);
  let bundle = bundles.get(name);
  if (bundle === undefined) bundles.set(name, (bundle = make(entry, replaced)));
  return bundle;
}

/** Bundles of this process, so that an evaluation of several stacks uses one state of the sources. */
const bundles = new Map<string, Promise<string>>();

async function make(entry: string, replaced: Readonly<Record<string, string>>): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    mainFields: ["module", "main"],
    minify: true,
    sourcemap: false,
    legalComments: "none",
    logLevel: "silent",
    plugins: Object.entries(replaced).map(([module, path]) => ({
      name: `replace ${module}`,
      setup: ({ onResolve }) =>
        onResolve({ filter: new RegExp(`/${module}$`) }, ({ importer }) =>
          importer === entry ? { path } : undefined,
        ),
    })),
    // The bundle must not depend on the compiler options of the surrounding project.
    tsconfigRaw: { compilerOptions: { strict: true, target: "ES2022" } },
  });
  return outputFiles[0].text;
}
