"use strict";

// One execution environment of a function, in plain Node as Lambda has it: loads the bundle, answers the events of its
// standard input one after the other, and prints what each took. Its first reply is a line of its own.
//
// With BENCH_ALONE the baseline work of a decision (one lookup, and one hash if configured) is done and timed after
// each event, so that other load of the machine affects both.

const { scrypt } = require("node:crypto");
const fs = require("node:fs");
const http = require("node:http");
const { promisify } = require("node:util");

const { handler } = require(process.env.BENCH_BUNDLE);

const bare = process.env.BENCH_ALONE && JSON.parse(process.env.BENCH_ALONE);
const agent = new http.Agent({ keepAlive: true });

async function main() {
  const [times, alone] = [[], []];
  for (const event of JSON.parse(fs.readFileSync(0, "utf8"))) {
    const started = performance.now();
    const reply = await handler(event, { awsRequestId: "bench" });
    times.push(performance.now() - started);
    if (times.length === 1) process.stdout.write(`FIRST ${JSON.stringify(reply)}\n`);
    if (bare) alone.push(await bareWork());
  }
  process.stdout.write(`DONE ${JSON.stringify({ times, alone, peakMiB: peakMiB() })}\n`, () =>
    process.exit(),
  );
}

async function bareWork() {
  const started = performance.now();
  await lookUp(bare.lookUp);
  if (bare.withHash) {
    await promisify(scrypt)("password", "0123456789abcdef", 32, { N: 2 ** 14, r: 8, p: 1 });
  }
  return performance.now() - started;
}

function lookUp({ url, headers, body }) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: "POST", headers, agent }, (response) => {
      response.resume().on("end", resolve);
    });
    request.on("error", reject).end(body);
  });
}

/** Read from the kernel for this program: the process's own value starts with the memory of its parent. */
function peakMiB() {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}

void main();
