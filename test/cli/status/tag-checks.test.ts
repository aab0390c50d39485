import assert from "node:assert/strict";

import { checkTags } from "../../../cli/status/tag-checks";
import { desired, problemsOf, remedyOf, soracomView } from "./support";

describe("checkTags", () => {
  const owner = "canal-ftp/dev/k3j9x2ab4m/canal-ftp-dev-sims";
  const { tags: all } = soracomView.group;
  const check = (tags?: Record<string, string>) =>
    checkTags(desired, { kind: "group", id: "group-1", tags, owner });

  it("accepts the tags that the program sets, and others in addition", () => {
    assert.deepEqual(problemsOf(check({ ...all, cost: "plant 3" })), []);
  });

  it("reports each tag that is missing or different", () => {
    const [problem] = problemsOf(check({ ...all, stack: "prod", name: "" }));
    assert.match(problem, /"name":"".*"stack":"prod".*, not .*"name":"canal-ftp-dev-sims"/);
  });

  it("reports only the owner tag when it is missing: an update would create another group", () => {
    const findings = check();
    assert.deepEqual(problemsOf(findings), [`drift: group owner tag: not reported, not ${owner}`]);
    assert.match(remedyOf(findings), /^Set tag canal-ftp-owner of group group-1 to /);
    assert.doesNotMatch(remedyOf(findings), /--replace/);
  });
});
