/** The bars of `npm run bench -- --plot`. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { chartsOf } from "../../bench/plot/chart";
import { chartSvg } from "../../bench/plot/svg";
import { findChromium, startChromium } from "../support/chromium";
import { root } from "../support/golden";
import * as inPage from "./in-picture.cjs";
import { saved } from "./figures";

const svgs = () => chartsOf(saved).map(chartSvg);

describe("bench, charts", () => {
  it("puts those who did the same next to one another, and what has a goal by itself", () => {
    const shown = chartsOf(saved).map(({ file, groups }) => [
      file,
      groups.map(({ title, bars }) => [title, bars.map(({ label, text }) => [label, text])]),
    ]);
    assert.deepEqual(shown, [
      [
        "bench-servers.svg",
        [
          [
            "STOR of 200 MiB",
            [
              ["twin", "840 MiB/s"],
              ["vsftpd", "600 MiB/s"],
            ],
          ],
          [
            "50 clients, STOR and RETR of 1 MiB, served",
            [
              ["twin", "50"],
              ["vsftpd", "16"],
            ],
          ],
          [
            "50 clients, STOR and RETR of 1 MiB, time",
            [
              ["twin", "1.5 s"],
              ["vsftpd", "0.5 s, 16 served"],
            ],
          ],
        ],
      ],
      [
        "bench-identity.svg",
        [
          [
            "first reply at the CPU share of 512 MB",
            [
              ["canal-ftp", "400 ms"],
              ["toolkit, quoted", "2580 ms"],
            ],
          ],
        ],
      ],
      [
        "bench-goals.svg",
        [
          ["npm start to ready", [["", "1.6 s"]]],
          ["STOR of 200 MiB", [["", "840 MiB/s"]]],
          ["twin: memory per idle session", [["", "120 KiB"]]],
        ],
      ],
    ]);
  });

  it("one scale for a group, with its goal and its slowest run on it", () => {
    const [{ groups }, , goals] = chartsOf(saved);
    const [{ scale, goal, bars, note }] = groups;
    assert.deepEqual([scale, goal, note], [900, 600, "more is better; goal: at least 600 MiB/s"]);
    assert.deepEqual([bars[0].least, bars[0].value, bars[0].most], [800, 840, 900]);
    const missed = goals.groups[2];
    assert.deepEqual([missed.scale, missed.goal], [120, 100]);
    assert.equal(missed.note, "less is better; goal: at most 100 KiB");
  });

  it("without peers there is no comparison, and without goals no picture", () => {
    const alone = saved.figures.filter(({ what }) => !/vsftpd|quoted|SDK/.test(what));
    const files = (figures: typeof alone) => chartsOf({ ...saved, figures }).map((c) => c.file);
    assert.deepEqual(files(alone), ["bench-goals.svg"]);
    assert.deepEqual(files(alone.map(({ goal: _, ...figure }) => figure)), []);
  });
});

describe("bench, bars as SVG", function () {
  this.timeout(60_000);

  it("a bar is as long as its value, in its group", () => {
    const [servers] = svgs();
    const widths = [
      ...servers.matchAll(/class="(?:ours|peer)" x="[\d.]+" y="\d+" width="([\d.]+)"/g),
    ];
    const [twin, vsftpd, served, fewer] = widths.map(([, width]) => Number(width));
    assert.ok(Math.abs(twin / vsftpd - 840 / 600) < 0.01, `${twin} ${vsftpd}`);
    assert.ok(Math.abs(served / fewer - 50 / 16) < 0.01, `${served} ${fewer}`);
  });

  it("has its figures as text for screen readers, and no name is markup", () => {
    assert.match(
      svgs()[0],
      /<desc id="desc">.*STOR of 200 MiB \(more is better[^)]*\): twin 840 MiB\/s, vsftpd/,
    );
    const figures = [{ ...saved.figures[0], what: 'a <b> & "c"' }];
    const [svg] = chartsOf({ ...saved, figures }).map(chartSvg);
    assert.match(svg, /a &lt;b&gt; &amp; &quot;c&quot;/);
    assert.doesNotMatch(svg, /<b>/);
  });

  it("in a browser: every text inside the picture and over no other, light and dark", async function () {
    const chromium = findChromium();
    if (chromium === undefined) {
      console.log("    No Chromium is installed (CHROMIUM names one): the bars are not checked.");
      return this.skip();
    }
    const browser = await startChromium(chromium);
    try {
      for (const svg of [...svgs(), ...kept()]) {
        const papers: string[] = [];
        for (const colorScheme of ["light", "dark"] as const) {
          const page = await browser.newPage({ colorScheme });
          await page.setContent(svg);
          const { outside, touching, paper, texts } = await page.evaluate(inPage.texts);
          assert.ok(texts >= 4);
          assert.deepEqual([outside, touching], [[], []]);
          papers.push(paper);
          await page.close();
        }
        assert.notEqual(papers[0], papers[1]);
      }
    } finally {
      await browser.close();
    }
  });
});

/** Those of the documents. */
function kept(): string[] {
  const folder = path.join(root, "docs", "pictures");
  const files = fs.readdirSync(folder).filter((name) => name.startsWith("bench-"));
  return files.map((name) => fs.readFileSync(path.join(folder, name), "utf8"));
}

describe("npm run bench -- --from", function () {
  this.timeout(60_000);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-bench-test-"));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  function bench(...args: string[]): string {
    const script = path.join(root, "bench", "main.ts");
    const register = "ts-node/register";
    return execFileSync(process.execPath, ["-r", register, script, ...args], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  it("measures nothing: prints the table, and writes the bars into the folder", () => {
    const file = path.join(folder, "figures.json");
    fs.writeFileSync(file, JSON.stringify(saved));
    const table = bench("--from", file, "--plot", path.join(folder, "bars"));
    assert.match(table, /^2 cores, Node 20, 3 runs\n/);
    assert.match(table, /^npm start to ready +s +1.50 +1.60 +1.70 +<= 4 +met$/m);
    assert.match(table, /^twin: memory per idle session .* MISSED$/m);
    const drawn = fs.readdirSync(path.join(folder, "bars")).sort();
    assert.deepEqual(drawn, ["bench-goals.svg", "bench-identity.svg", "bench-servers.svg"]);
    assert.equal(fs.readFileSync(path.join(folder, "bars", drawn[2]), "utf8"), svgs()[0]);
    // Of a part that is named, that part only.
    const one = JSON.parse(bench("start", "--from", file, "--json")) as typeof saved;
    assert.deepEqual(
      one.figures.map(({ part }) => part),
      ["start"],
    );
  });

  for (const [what, text, message] of [
    ["a file that is not JSON", "{", /not JSON.*bench -- --json/],
    ["a figure without values", '{"machine":"","runs":1,"figures":[{"part":"a"}]}', /"part":"a"/],
  ] as const) {
    it(`reports what is wrong with ${what}`, () => {
      const file = path.join(folder, "wrong.json");
      fs.writeFileSync(file, text);
      assert.throws(
        () => bench("--from", file),
        (error: { stderr: string }) => message.test(error.stderr),
      );
    });
  }
});
