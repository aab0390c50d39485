"use strict";

// One execution environment of a Lambda function: loads the bundle once, then handles events. Plain JavaScript,
// because a worker starts without the TypeScript loader.

const { parentPort, workerData } = require("node:worker_threads");

const handler = require(workerData.file)[workerData.exportName];

parentPort.on("message", async ({ id, event, deadline }) => {
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
