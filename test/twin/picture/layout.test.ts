/** The drawing: boxes do not overlap, no text is wider than its box, and no name becomes markup. */
import assert from "node:assert/strict";

import type { Box, Drawing, Text } from "../../../twin/picture/drawing";
import { draw, shapesOfPicture } from "../../../twin/picture/layout";
import type { Part } from "../../../twin/picture/part";
import { partsOf } from "../../../twin/picture/parts";
import { escapeXml, toSvg } from "../../../twin/picture/svg";
import { clipMiddle, monoWidth, sansWidth } from "../../../twin/picture/text-width";
import { factText, languages } from "../../../twin/picture/texts";
import { evaluateStack } from "../../support/golden";

const names = { region: "ap-northeast-1", project: "canal-ftp", stack: "dev", caption: true };
const boxesOf = ({ shapes }: Drawing) =>
  shapes.filter((shape): shape is Box => shape.kind === "box" && shape.part !== undefined);
const textsOf = ({ shapes }: Drawing) =>
  shapes.filter((shape): shape is Text => shape.kind === "text");

describe("twin/picture/layout", () => {
  let parts: Part[];
  before(async () => {
    parts = partsOf(await evaluateStack("dev"));
  });

  for (const language of languages) {
    for (const shape of shapesOfPicture) {
      it(`${language}, ${shape}: boxes do not overlap, and each text fits in its box`, () => {
        const drawing = draw(parts, { ...names, language, shape });
        const boxes = boxesOf(drawing);
        assert.equal(boxes.length, 9);
        for (const [index, one] of boxes.entries()) {
          assert.ok(one.x >= 0 && one.x + one.width <= drawing.width, `${one.part} is inside`);
          assert.ok(one.y >= 0 && one.y + one.height <= drawing.height, `${one.part} is inside`);
          for (const other of boxes.slice(index + 1)) {
            const apart =
              one.x + one.width <= other.x ||
              other.x + other.width <= one.x ||
              one.y + one.height <= other.y ||
              other.y + other.height <= one.y;
            assert.ok(apart, `${one.part} and ${other.part} overlap`);
          }
        }
        for (const { part, x, y, text } of textsOf(drawing)) {
          assert.ok(!text.includes("…"), `${text} is whole`);
          if (part === undefined) continue;
          const box = boxes.find((one) => one.part === part)!;
          assert.ok(x > box.x && y > box.y && y < box.y + box.height - 4, `${text} is in ${part}`);
        }
      });
    }
  }

  it("every fact has a text in every language", () => {
    const texts = parts
      .flatMap(({ facts }) => facts)
      .flatMap((fact) => [factText("en", fact), factText("ja", fact)]);
    assert.ok(
      texts.every((text) => text.length > 1 && !/undefined|NaN|\[object/.test(text)),
      texts.join(),
    );
    const japanese = textsOf(draw(parts, { ...names, language: "ja", shape: "wide" }));
    assert.ok(japanese.some(({ text }) => text === "戻りの経路 2 本: 100.64.0.0/16"));
  });

  it("draws equal inputs equally and others differently", async () => {
    const of = (stack: Part[]) => toSvg(draw(stack, { ...names, language: "en", shape: "wide" }));
    assert.equal(of(parts), of(partsOf(await evaluateStack("dev"))));
    const other = await evaluateStack("dev", { "canal-ftp:vpcCidr": "10.9.0.0/16" });
    assert.match(of(partsOf(other)), />10\.9\.0\.0\/16</);
  });

  it("shortens a long name in its middle and escapes markup", () => {
    const long = parts.map((part) => ({ ...part, name: `${"x".repeat(80)}<script>&"` }));
    const drawing = draw(long, { ...names, language: "en", shape: "wide" });
    const shown = textsOf(drawing).filter(({ className }) => className === "name");
    assert.equal(shown.length, 9);
    for (const { text } of shown) {
      assert.match(text, /^x+…x*<script>&"$/);
      assert.ok(monoWidth(text) * 11 <= 256, text);
    }
    const svg = toSvg(drawing);
    assert.ok(!svg.includes("<script"));
    assert.ok(svg.includes("&lt;script&gt;&amp;&quot;"));
    assert.equal(escapeXml("a\u0000b"), "a\ufffdb");
  });

  it("estimates widths that are not too narrow", () => {
    assert.equal(clipMiddle("short", 100), "short");
    assert.equal(
      clipMiddle("abcdefghij", 5, (text) => text.length),
      "ab…ij",
    );
    assert.equal(clipMiddle("日本語日本語", 3, sansWidth), "日…語");
    assert.ok(sansWidth("mmm") > sansWidth("nnn") && sansWidth("nnn") > sansWidth("iii"));
  });
});
