import * as fs from "node:fs";

import { Option } from "commander";

import { shapesOfPicture } from "../../twin/picture/layout";
import { languages } from "../../twin/picture/texts";
import { addStackOption, type DefineCommand } from "../core/command";
import type { PictureOptions } from "./picture";

export const define: DefineCommand = (command, context) => {
  addStackOption(command, context)
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
Draws a stack as SVG, from the device to the upload events. The same stack always gives the same picture.

Examples:
  canal-ftp picture --stack prod > prod.svg
  canal-ftp picture --stack dev --out docs/pictures/dev.svg
  canal-ftp picture --lang ja --shape tall --out dev.ja.svg`,
    )
    .action(async ({ out, ...options }: PictureOptions & { readonly out?: string }) => {
      const { picture } = await import("./picture");
      const svg = await picture(context, options);
      if (out === undefined) context.out(svg);
      else fs.writeFileSync(out, svg);
    });
};
