import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { parse } from "yaml";

import { groupJournalTag } from "../../../soracom/group-journal";
import { previousGroupTag } from "../../../soracom/sim";
import { ownerTag } from "../../../soracom/owner";
import { keys } from "../../../stacks/site-schema";
import { root } from "../../support/golden";

const read = (file: string) => readFileSync(path.join(root, file), "utf8");

describe("docs/canal.md", () => {
  const text = read("docs/canal.md");

  it("names every operation that the driver needs a permission for", () => {
    const { paths } = parse(read("fakes/soracom/openapi.yaml")) as {
      paths: Record<string, Record<string, { operationId?: string }>>;
    };
    const operations = Object.values(paths)
      .flatMap((item) => Object.values(item))
      .flatMap(({ operationId }) => operationId ?? [])
      .filter((name) => name !== "auth");
    assert.ok(operations.length >= 22, `${operations.length} operations`);
    assert.deepEqual(
      operations.filter((name) => !text.includes(`\`${name}\``)),
      [],
    );
  });

  it("names every tag, and only keys that there are", () => {
    for (const tag of [ownerTag, previousGroupTag, groupJournalTag, "canal-ftp-peering-"]) {
      assert.ok(text.includes(`\`${tag}`), tag);
    }
    const named = [...text.matchAll(/canal-ftp:(\w+)/g)].map((match) => match[1]);
    assert.deepEqual(
      named.filter((key) => !(keys as readonly string[]).includes(key)),
      [],
    );
  });

  it("leads to headings that there are", () => {
    const heads = [...text.matchAll(/^## (.*)$/gm)].map((match) =>
      match[1]
        .toLowerCase()
        .replace(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    );
    for (const [, anchor] of text.matchAll(/\]\(#([^)]*)\)/g))
      assert.ok(heads.includes(anchor), anchor);
  });
});
