import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import type { GroupResult, VpgResult } from "../../../soracom/spec";
import { Lab, specs } from "../../soracom/lab";
import { type Ended, run, type RunOptions } from "../core/support";

/** A SIM id. */
export const id = (number: number) => `89811${String(number).padStart(13, "0")}7`;

/** SORACOM with the dev stack's VPG and group and a foreign group `theirs`, reset before every test. */
export class SimsLab {
  lab!: Lab;
  vpgId!: string;
  groupId!: string;
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-sims-"));

  constructor() {
    before(async () => {
      this.lab = await Lab.open({ checkReplies: false });
    });
    after(async () => {
      fs.rmSync(this.folder, { recursive: true });
      await this.lab.close();
    });
    beforeEach(async () => {
      const { lab } = this;
      lab.reset();
      ({ vpgId: this.vpgId } = await lab.good<VpgResult>("vpg ensure", specs.vpg));
      const group = specs.group(this.vpgId);
      ({ groupId: this.groupId } = await lab.good<GroupResult>("group ensure", group));
      const theirs = { groupId: "theirs", tags: {}, configuration: {}, createdTime: 0 };
      lab.api.world.groups.set("theirs", theirs);
    });
  }

  /** Runs `canal-ftp sims` on the group, with these arguments. */
  run(argv: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const common = ["--stack", "dev", "--rate", "1000"];
    const group = argv.includes("--group") ? [] : ["--group", this.groupId];
    return run(["sims", ...argv, ...common, ...group], this.lab, options);
  }

  /** Path of a file with this text. */
  file(text: string): string {
    const name = path.join(this.folder, "sims.csv");
    fs.writeFileSync(name, text);
    return name;
  }

  sim(number: number) {
    return this.lab.api.world.sims.get(id(number))!;
  }

  addSim(number: number, state?: Parameters<Lab["api"]["world"]["addSim"]>[1]): void {
    this.lab.api.world.addSim(id(number), state);
  }
}
