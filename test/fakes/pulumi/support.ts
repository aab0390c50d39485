import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { Account } from "../../../fakes/pulumi/aws/account";
import { awsProvider } from "../../../fakes/pulumi/aws/provider";
import type { Existing, Provider, ResourceRequest } from "../../../fakes/pulumi/provider";
import type { Properties } from "../../../fakes/pulumi/values";

export const subject = (type: string, name = "example"): ResourceRequest => ({
  urn: `urn:pulumi:test::test::${type}::${name}`,
  type,
  name,
  log: () => undefined,
});

export const existing = (
  type: string,
  id: string,
  oldInputs: Properties,
  oldOutputs = oldInputs,
): Existing => ({
  ...subject(type),
  id,
  oldInputs,
  oldOutputs,
});

/** An AWS account in a folder of its own, empty. */
export class Cloud {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-account-"));
  readonly account = new Account(this.folder);
  readonly provider: Provider = awsProvider(this.account);

  constructor() {
    this.provider.configure({ region: "ap-northeast-1" });
  }

  /** Makes one and gives its id. */
  async make(type: string, inputs: Properties, name = "example"): Promise<string> {
    return (await this.provider.create(subject(type, name), inputs, false)).id;
  }

  delete(type: string, id: string): Promise<void> {
    return this.provider.delete(existing(type, id, {}));
  }

  close(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
