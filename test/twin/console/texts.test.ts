/** The page's texts in English and Japanese. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { allRules } from "../../../twin/compatibility/session-check";
import { root } from "../../support/golden";

const page = path.join(root, "twin", "console", "page");
type Words = Record<string, unknown>;

describe("twin/console/page/texts", () => {
  it("both languages have the same texts, none empty or untranslated", async () => {
    const file = path.join(page, "texts.mjs");
    const { texts } = (await import(file)) as { texts: { en: Words; ja: Words } };
    assert.deepEqual(Object.keys(texts.ja).sort(), Object.keys(texts.en).sort());
    for (const [key, text] of Object.entries(texts.ja)) {
      if (typeof text !== "string") continue;
      assert.match(text, /[\u3040-\u30ff\u4e00-\u9fff]/, key);
      assert.match(String(texts.en[key]), /^[\u0000-\u024f…]+$/, key);
    }
    for (const key of ["eventTypes", "severity", "kinds"]) {
      assert.deepEqual(Object.keys(texts.ja[key] as Words), Object.keys(texts.en[key] as Words));
    }
  });

  it("every element of the page with a text key has a text", async () => {
    const { texts } = (await import(path.join(page, "texts.mjs"))) as { texts: { en: Words } };
    const html = readFileSync(path.join(page, "console.html"), "utf8");
    const asked = [...html.matchAll(/data-(?:text|label)="(\w+)"/g)].map(([, key]) => key);
    assert.ok(asked.length > 20);
    for (const key of asked) assert.equal(typeof texts.en[key], "string", key);
  });

  it("exactly the rules of the compatibility report have Japanese texts", async () => {
    const { findingsJa } = (await import(path.join(page, "findings-ja.mjs"))) as {
      findingsJa: Record<string, { problem: string; remedy: string }>;
    };
    // This finding covers several sessions, so it is not a rule of one.
    const rules = [...allRules.map(({ id }) => id), "login-per-file"].sort();
    assert.deepEqual(Object.keys(findingsJa).sort(), rules);
    for (const [rule, { problem, remedy }] of Object.entries(findingsJa)) {
      for (const text of [problem, remedy]) assert.match(text, /[\u3040-\u30ff].*。$/, rule);
    }
  });

  it("the page's scripts have no call that turns text into markup or code", () => {
    const scripts = ["dom", "format", "lists", "main", "picture", "sessions", "texts"];
    for (const name of scripts) {
      const code = readFileSync(path.join(page, `${name}.mjs`), "utf8");
      assert.doesNotMatch(
        code,
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|DOMParser|srcdoc/,
        name,
      );
    }
  });
});
