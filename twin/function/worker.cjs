"use strict";

// One execution environment of a Lambda function: loads the bundle once, then answers events. Plain JavaScript,
// since a worker starts without the TypeScript loader.

const { parentPort, workerData } = require("node:worker_threads");

// Before the function is loaded, as it may keep a reference.
const now = Date.now;
let clockAhead = 0;
Date.now = () => now() + clockAhead;

const handler = require(workerData.file)[workerData.exportName];

parentPort.on("message", async ({ id, event, deadline, ahead }) => {
  clockAhead = ahead;
  const context = {
    awsRequestId: id,
    functionName: workerData.functionName,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  try {
    parentPort.postMessage({ result: await handler(event, context) });
  } catch (error) {
    parentPort.postMessage({ error: String(error?.message ?? error) });
  }
});
