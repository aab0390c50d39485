/** An endpoint as a process of its own, to be killed: `storage-process.ts FOLDER FROM TO` prints its port. */
import { join } from "node:path";
import { FtpEndpoint } from "../../../twin/ftp/endpoint";
import { FolderStore } from "../../../twin/store/folder-store";
import { StoreHome, testService } from "./support";

async function main([folder, from, to]: readonly string[]): Promise<void> {
  const store = await FolderStore.open({
    root: join(folder, "root"),
    staging: join(folder, "staging"),
    partial: join(folder, "partial"),
    versions: join(folder, "versions"),
  });
  const endpoint = new FtpEndpoint({
    service: testService(new StoreHome(store)),
    observer: () => undefined,
    port: 0,
    passivePorts: [Number(from), Number(to)],
  });
  const { port } = await endpoint.listen();
  process.stdout.write(`${port}\n`);
}

void main(process.argv.slice(2));
