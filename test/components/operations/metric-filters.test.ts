import assert from "node:assert/strict";

import {
  logMetrics,
  partialUploads,
  serverErrors,
  uploads,
} from "../../../components/operations/metric-filters";

const names = (site: Parameters<typeof logMetrics>[0]) =>
  logMetrics(site).map(({ metricName }) => metricName);

describe("operations/metric-filters", () => {
  it("count interrupted uploads only where no function does", () => {
    assert.deepEqual(names({ hasUploadEvents: true }), ["ServerErrors", "Uploads"]);
    assert.deepEqual(names({ hasUploadEvents: false }), [
      ...["ServerErrors", "PartialUploads", "Uploads"],
    ]);
  });

  it("count uploads of devices, and not the canary's", () => {
    assert.match(uploads("canary").pattern, /\$\.path != "\*\/users\/canary\/\*"/);
    assert.doesNotMatch(uploads().pattern, /\$\.path/);
  });

  it("have names of their own in a stack", () => {
    const suffixes = [serverErrors, partialUploads, uploads()].map(({ suffix }) => suffix);
    assert.equal(new Set(suffixes).size, 3);
  });
});
