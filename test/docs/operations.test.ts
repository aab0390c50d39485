import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { parse } from "yaml";

import { alarmsOf } from "../../components/operations/alarms";
import { steps } from "../../lambdas/canary/steps";
import { telemetryLine } from "../../lambdas/upload-events/telemetry";
import { readUpload } from "../../lambdas/upload-events/transfer-event";
import { partitionColumn, rowColumns } from "../../lambdas/upload-events/upload-row";
import { monthOf } from "../../cli/cost/month";
import { readPrices } from "../../cli/cost/prices";
import { usualUsage } from "../../cli/cost/priced-stack";
import { everyLimit } from "../components/operations/support";
import { uploadEvent } from "../lambdas/upload-events/support/events";
import { evaluateStack, root } from "../support/golden";
import { codeSpans, headings, parseDocument, readDocument, tableRows } from "./markdown";

const spans = (cell: string) => codeSpans(parseDocument("", cell));

describe("docs/operations.md", () => {
  const document = readDocument("docs/operations.md");

  it("has a heading for each alarm, which its description names, in the alarms' order, and no other", () => {
    const all = headings(document);
    const from = all.findIndex(({ text }) => text === "Alarms");
    const after = all.slice(from + 1);
    const next = after.findIndex(({ depth }) => depth === 2);
    const suffixes = alarmsOf({ limits: everyLimit, canaryMinutes: 5, hasUploadEvents: true }).map(
      ({ suffix }) => suffix,
    );
    assert.deepEqual(
      after.slice(0, next).map(({ text }) => text),
      suffixes,
    );
  });

  it("lists what to check for each of the canary's steps", () => {
    const named = tableRows(document, "step", "check").flatMap(([step]) => spans(step));
    // Connected is first, and the first row covers its failure.
    assert.deepEqual([...named].sort(), [...steps].sort());
  });

  it("has every switch with what Pulumi.yaml sets", () => {
    const { config } = parse(fs.readFileSync(path.join(root, "Pulumi.yaml"), "utf8")) as {
      config: Record<string, { default: unknown }>;
    };
    const rows = tableRows(document, "key", "default");
    const named = rows.flatMap(([keys]) => spans(keys));
    const switches =
      /^(alarm\w+|dashboard|canary\w*|budgetUsd|logRetentionDays|silentDevicesReport)$/;
    const existing = Object.keys(config).filter((key) => switches.test(key));
    assert.deepEqual([...named].sort(), existing.sort());
    for (const [keys, unlessSet] of rows) {
      const defaults = spans(keys).map((key) => config[key].default);
      const documented = unlessSet.split(/[:;]/)[0];
      const expected = new Set(
        defaults.map((value) => (Array.isArray(value) ? "none" : String(value))),
      );
      assert.equal(documented, [...expected].join(", "), keys);
    }
  });

  it("counts prod's metrics, alarms and their month as the command does", async () => {
    const { lines } = monthOf(await evaluateStack("prod"), usualUsage, readPrices());
    const of = (name: string) => lines.find(({ item }) => item === `CloudWatch, ${name}`)!;
    const [metrics, alarms, dashboards] = ["metrics", "alarms", "dashboards"].map(of);
    const text = document.prose.replaceAll("\n", " ");
    const sum = [metrics, alarms, dashboards].reduce((total, { usd = 0 }) => total + usd, 0);
    const [, ...documented] =
      /(\d+) metrics, (\d+) alarms and a dashboard, or about USD (\d+) a month/.exec(text) ?? [];
    assert.deepEqual(documented.map(Number), [metrics.units, alarms.units, Math.round(sum)]);
  });
});

describe("docs/upload-events.md", () => {
  const document = readDocument("docs/upload-events.md");

  it("has every column of the table with its type", () => {
    const rows = tableRows(document, "column", "type", "content");
    const documented = rows.flatMap(([columns, type]) =>
      spans(columns).map((name) => [name, type]),
    );
    assert.deepEqual(Object.fromEntries(documented), {
      [partitionColumn]: "string",
      ...rowColumns,
    });
  });

  it("has every metric that the function logs", () => {
    const cut = { "status-code": "FAILED", "failure-code": "PARTIAL_UPLOAD" };
    const failed = { "status-code": "FAILED", "failure-code": "UNKNOWN_ERROR" };
    const upload = (detail: object) => readUpload(uploadEvent({ ...detail }));
    const observations = [
      { kind: "logged", upload: upload({}), file: { id: "a", verified: false, problem: "size" } },
      { kind: "logged", upload: upload(cut), file: { id: "b", verified: false } },
      { kind: "logged", upload: upload(failed), file: { id: "c", verified: false } },
      { kind: "error", error: new Error("x") },
    ] as const;
    const names = observations.flatMap((observation) => {
      const line = JSON.parse(telemetryLine(observation, "f", 0)) as {
        _aws: { CloudWatchMetrics: { Metrics: { Name: string }[] }[] };
      };
      return line._aws.CloudWatchMetrics[0].Metrics.map(({ Name }) => Name);
    });
    const section = document.prose.split(/^## /m).find((text) => text.startsWith("Metrics"))!;
    for (const name of new Set(names)) assert.ok(section.includes(`\`${name}\``), name);
  });

  it("asks Athena for columns and a table that are there", () => {
    const known = new Set([partitionColumn, ...Object.keys(rowColumns)]);
    const queries = document.blocks
      .filter(({ language }) => language === "sql")
      .map(({ lines }) => lines.join("\n"));
    assert.equal(queries.length, 3);
    for (const query of queries) {
      assert.match(query, /^FROM canal_ftp_prod\.uploads$/m);
      // Without a partition a query reads, and is billed for, every day there is.
      assert.match(query, /WHERE dt /);
      const names = query.replace(/'[^']*'/g, "").match(/\b[a-z][a-z_0-9]*\b(?!\s*\()/g) ?? [];
      const aliases = [...query.matchAll(/ AS (\w+)/g)].map(([, alias]) => alias);
      const words = ["canal_ftp_prod", "uploads", "interval", "day", "current_date", "e9"];
      const strange = names.filter((name) => ![...known, ...aliases, ...words].includes(name));
      assert.deepEqual(strange, []);
    }
  });
});
