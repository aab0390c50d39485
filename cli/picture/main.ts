import * as fs from "node:fs";
import * as path from "node:path";

import { Command, Option } from "commander";

import { evaluateApart } from "../../lib/stack/apart";
import { readStackConfig, stacksOf } from "../../lib/stack/stack-config";
import { unknownTypeNotices } from "../../resources";
import { draw, PictureShape, shapesOfPicture } from "../../twin/picture/layout";
import { partsOf } from "../../twin/picture/parts";
import { toSvg } from "../../twin/picture/svg";
import { Language, languages } from "../../twin/picture/texts";

/** The program is two folders up. */
const root = path.join(__dirname, "..", "..");

interface Options {
  readonly stack: string;
  readonly lang: Language;
  readonly shape: PictureShape;
  readonly out?: string;
}

async function main(): Promise<void> {
  const command = new Command("npm run -s picture --")
    .description(
      "Draws a stack as SVG, from the device to the events of its uploads. One input gives one picture.",
    )
    .addOption(new Option("--stack <name>", "stack to draw").choices(stacksOf(root)).default("dev"))
    .addOption(new Option("--lang <language>", "language").choices(languages).default("en"))
    .addOption(
      new Option("--shape <shape>", "for a page or for a narrow screen")
        .choices(shapesOfPicture)
        .default("wide"),
    )
    .option("--out <file>", "file to write (default: standard output)")
    .addHelpText(
      "after",
      `
Examples:
  npm run -s picture -- --stack prod > prod.svg
  npm run picture -- --stack dev --out docs/pictures/dev.svg
  npm run picture -- --lang ja --shape tall --out dev.ja.svg`,
    );
  const { stack, lang, shape, out } = command.parse().opts<Options>();

  const { project, values } = readStackConfig(root, stack);
  const secretKeys = [`${project}:users`];
  const evaluated = await evaluateApart({ root, project, stack, config: values, secretKeys });
  for (const text of unknownTypeNotices(evaluated.resources)) process.stderr.write(`${text}\n`);
  const svg = toSvg(
    draw(partsOf(evaluated), {
      language: lang,
      shape,
      region: values["aws:region"],
      project,
      stack,
      caption: true,
    }),
  );
  if (out === undefined) process.stdout.write(svg);
  else fs.writeFileSync(out, svg);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
