"use strict";

// Makes one file of a script of the project and of everything it loads, packages too; bundled.cjs starts it.
//
//   node tools/bundle.cjs ENTRY NAME
//
// Keeps NAME.json (kept-files.cjs), which names the file and says what it was made of.

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const esbuild = require("esbuild");

const { folder, write } = require("./kept-files.cjs");
const { unused } = require("./lazily.cjs");

const root = path.join(__dirname, "..");
const inTools = (file) => JSON.stringify(path.join(__dirname, file));

/** What lazily.cjs and promise-notes.cjs do to modules as Node loads them: in one file Node loads none. */
const asLoaded = {
  name: "as-loaded",
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path: request, importer }) =>
      Object.hasOwn(unused, request) && importer.endsWith(unused[request])
        ? { path: request, namespace: "lazily", pluginData: importer }
        : undefined,
    );
    build.onLoad(
      { filter: /./, namespace: "lazily" },
      ({ path: request, pluginData: importer }) => ({
        contents: `
        const load = require("node:module").createRequire(${JSON.stringify(importer)});
        module.exports = require(${inTools("lazily.cjs")}).lazily(() => load(${JSON.stringify(request)}));`,
        resolveDir: __dirname,
      }),
    );
    build.onLoad({ filter: /[\\/]runtime[\\/]debuggable\.js$/ }, async ({ path: file }) => ({
      contents: `${await fs.promises.readFile(file, "utf8")}
        require(${inTools("promise-notes.cjs")}).withoutNotes(exports, require("./state"));`,
    }));
  },
};

async function main(entry, name) {
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    outfile: `${name}.js`,
    metafile: true,
    absWorkingDir: root,
    plugins: [asLoaded],
    // These stay modules of their own, which are loaded as ever.
    external: ["esbuild", path.join(__dirname, "*.cjs")],
    format: "cjs",
    platform: "node",
    target: "node20",
    supported: { "dynamic-import": false },
    legalComments: "none",
    logLevel: "silent",
  });
  const sources = Object.keys(metafile.inputs)
    .filter((input) => !input.startsWith("lazily:"))
    .map((input) => path.join(root, input));
  const tools = ["bundle.cjs", "lazily.cjs", "promise-notes.cjs"].map((file) =>
    path.join(__dirname, file),
  );
  // Not when they were modified: npm gives all files of packages the same time.
  const madeOf = [...sources, ...tools].map((file) => [file, fs.statSync(file).ctimeMs]);
  const [{ contents }] = outputFiles;
  const code = `${name}-${createHash("sha1").update(contents).digest("hex")}.js`;
  write(code, contents);
  write(`${name}.json`, JSON.stringify({ code, madeOf }));
  const before = fs.readdirSync(folder).filter((file) => file.startsWith(`${name}-`));
  for (const file of before) if (!file.startsWith(code)) fs.rmSync(path.join(folder, file));
}

main(...process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
