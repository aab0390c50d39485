/** An endpoint to test against: real sockets, real files, one user, everything allowed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FtpEndpoint, type FtpEndpointOptions } from "../../../twin/ftp/endpoint";
import type { FtpEvent } from "../../../twin/ftp/events";
import {
  FileRefusal,
  type Download,
  type Entry,
  type FtpService,
  type Home,
  type Upload,
} from "../../../twin/ftp/service";
import { FolderStore } from "../../../twin/store/folder-store";
import { freeRange } from "../../support/free-ports";

export const testUser = "camera01";
export const testPassword = "open sesame";

/** The whole of a store as a home. Folders must be made before files are put into them. */
export class StoreHome implements Home {
  constructor(private readonly store: FolderStore) {}

  async stat(path: string): Promise<Entry | undefined> {
    const name = path.split("/").at(-1) || "/";
    const file = path === "/" ? undefined : await this.store.head(keyOf(path));
    if (file !== undefined) {
      return { name, type: "file", size: file.size, modified: file.modified };
    }
    const folder = await this.store.head(folderKeyOf(path));
    return folder && { name, type: "directory", size: 0, modified: folder.modified };
  }

  async *list(path: string): AsyncGenerator<Entry> {
    const prefix = folderKeyOf(path);
    for await (const { key, size, modified } of this.store.list(prefix)) {
      const name = key.slice(prefix.length).replace(/\/$/, "");
      yield { name, type: key.endsWith("/") ? "directory" : "file", size, modified };
    }
  }

  async read(path: string): Promise<Download> {
    if ((await this.stat(path))?.type === "directory") {
      throw new FileRefusal("not-a-file", `${path} is a folder.`);
    }
    return this.store.read(keyOf(path));
  }

  async write(path: string): Promise<Upload> {
    await this.needParent(path);
    return this.store.write(keyOf(path));
  }

  async remove(path: string): Promise<void> {
    return this.store.delete(keyOf(path));
  }

  async makeDirectory(path: string): Promise<void> {
    if ((await this.stat(path)) !== undefined) {
      throw new FileRefusal("exists", `${path} is there.`);
    }
    await this.needParent(path);
    return this.store.makeFolder(folderKeyOf(path));
  }

  async removeDirectory(path: string): Promise<void> {
    return this.store.removeFolder(folderKeyOf(path));
  }

  async rename(from: string, to: string): Promise<void> {
    const found = await this.stat(from);
    if (found?.type === "directory") {
      throw new FileRefusal("unsupported", "S3 has no rename of folders.");
    }
    await this.needParent(to);
    return this.store.rename(keyOf(from), keyOf(to));
  }

  locate(path: string): string {
    return `/bucket${path}`;
  }

  private async needParent(path: string): Promise<void> {
    const parent = path.slice(0, path.lastIndexOf("/")) || "/";
    if ((await this.stat(parent))?.type !== "directory") {
      throw new FileRefusal("parent-missing", `There is no ${parent}.`);
    }
  }
}

function keyOf(path: string): string {
  return path.slice(1);
}

function folderKeyOf(path: string): string {
  return path === "/" ? "" : `${path.slice(1)}/`;
}

/** A running endpoint with all that a test may need. */
export interface TestEndpoint {
  readonly port: number;
  readonly passivePorts: readonly [number, number];
  /** Holds root/ (the bucket), staging/ and partial/. */
  readonly folder: string;
  readonly root: string;
  readonly store: FolderStore;
  readonly events: FtpEvent[];
  readonly endpoint: FtpEndpoint;
  stop(): Promise<void>;
}

export interface TestSetting extends Partial<Omit<FtpEndpointOptions, "service">> {
  readonly service?: Partial<FtpService>;
  /** Puts a home of the test's own around the store's. */
  readonly wrap?: (home: StoreHome) => Home;
  /** How many passive ports; nine by default, as Transfer Family has. */
  readonly ports?: number;
}

/** The service of the test's one user; a login with the password "broken" finds the identity provider down. */
export function testService(home: Home): FtpService {
  return {
    admits: () => ({ allowed: true }),
    login: async ({ user, password }) => {
      if (password === "broken") {
        throw new Error("status 500");
      }
      return user === testUser && password === testPassword
        ? { granted: true, home }
        : { granted: false, reason: "no such user or password" };
    },
  };
}

export async function startEndpoint(setting: TestSetting = {}): Promise<TestEndpoint> {
  const { service, wrap, ports = 9, ...options } = setting;
  const folder = mkdtempSync(join(tmpdir(), "ftp-endpoint-"));
  const root = join(folder, "root");
  const store = await FolderStore.open({
    root,
    staging: join(folder, "staging"),
    partial: join(folder, "partial"),
  });
  const home = wrap === undefined ? new StoreHome(store) : wrap(new StoreHome(store));
  const events: FtpEvent[] = [];
  for (;;) {
    const passivePorts = await freeRange(ports);
    const endpoint = new FtpEndpoint({
      service: { ...testService(home), ...service },
      observer: (event) => events.push(event),
      port: 0,
      passivePorts,
      ...options,
      timeouts: { failedLoginDelayMs: 20, ...options.timeouts },
    });
    try {
      const { port } = await endpoint.listen();
      const stop = async (): Promise<void> => {
        await endpoint.close();
        rmSync(folder, { recursive: true, force: true });
      };
      return { port, passivePorts, folder, root, store, events, endpoint, stop };
    } catch (error) {
      // Another test on this machine may have taken a port since it was checked.
      if (!/in use/.test(String(error))) {
        throw error;
      }
    }
  }
}

/** Waits until the condition holds; fails the test, naming what was waited for, after five seconds. */
export async function eventually(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!holds()) {
    if (Date.now() > deadline) {
      throw new Error(`Waited without success for ${what}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
