import { build } from "esbuild";

/** The file the code goes into, inside the function's archive. */
export const functionFile = "index.js";

/** The `handler` of the function: file and export. */
export const functionHandler = "index.handler";

/**
 * One file of JavaScript of everything a Lambda function needs, for the Node 20 runtime and newer. The same
 * sources give the same bytes wherever they lie, so an unchanged function is never deployed again.
 *
 * CommonJS, as a process loads one such file a little sooner than an ES module.
 *
 * @param entry - Absolute path of the file that exports `handler`.
 * @param replaced - Absolute paths of modules by the names of those that they replace, such as `your-function`.
 * @returns The file's text. esbuild works in a process of its own, so that callers can do something else meanwhile.
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

/** Bundles made by this process: an evaluation of several stacks sees one state of the sources. */
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
    // The compiler options of the project around the sources are no part of the sources.
    tsconfigRaw: { compilerOptions: { strict: true, target: "ES2022" } },
  });
  return outputFiles[0].text;
}
