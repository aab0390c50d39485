import { readStackConfig } from "../../lib/stack/stack-config";
import { unknownTypeNotices } from "../../resources";
import { evaluateProgram } from "../../resources/evaluate-program";
import { draw, type PictureShape } from "../../twin/picture/layout";
import { partsOf } from "../../twin/picture/parts";
import { toSvg } from "../../twin/picture/svg";
import type { Language } from "../../twin/picture/texts";
import type { CliContext } from "../core/context";

export interface PictureOptions {
  readonly stack: string;
  readonly lang: Language;
  readonly shape: PictureShape;
}

/** The SVG of a stack, from its evaluated program. Notices about unknown resource types go to standard error. */
export async function picture(
  { root, error }: CliContext,
  { stack, lang, shape }: PictureOptions,
): Promise<string> {
  const { project, values } = readStackConfig(root, stack);
  const secretKeys = [`${project}:users`];
  const evaluated = await evaluateProgram({ root, project, stack, config: values, secretKeys });
  for (const text of unknownTypeNotices(evaluated.resources)) error(`${text}\n`);
  const region = values["aws:region"];
  return toSvg(
    draw(partsOf(evaluated), { language: lang, shape, region, project, stack, caption: true }),
  );
}
