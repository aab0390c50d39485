import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { keyOf, Resource } from "../../../lib/stack/resource";
import type { Properties } from "../values";

/** One resource of the account. */
export interface Stored {
  readonly type: string;
  /** Pulumi's name when it was made, with `#2` and so on for one that followed another of that name. */
  readonly name: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/**
 * The resources of an AWS account, as files in a folder: they persist after the provider's process ends, and a test can
 * read or change them as an operator does in the console. Objects of a bucket are files in `buckets/<name>/`.
 */
export class Account {
  private readonly resources: string;

  constructor(private readonly folder: string) {
    this.resources = path.join(folder, "resources");
    fs.mkdirSync(this.resources, { recursive: true });
  }

  all(): Stored[] {
    return fs
      .readdirSync(this.resources)
      .filter((file) => file.endsWith(".json"))
      .map(
        (file) => JSON.parse(fs.readFileSync(path.join(this.resources, file), "utf8")) as Stored,
      );
  }

  find(type: string, id: string): Stored | undefined {
    const file = this.file(type, id);
    return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Stored) : undefined;
  }

  /** Two engines may use an account at the same time: a file is written completely or not at all. */
  save(resource: Stored): void {
    const file = this.file(resource.type, resource.id);
    fs.writeFileSync(`${file}.${process.pid}`, JSON.stringify(resource, undefined, 2));
    fs.renameSync(`${file}.${process.pid}`, file);
  }

  remove(type: string, id: string): void {
    fs.rmSync(this.file(type, id), { force: true });
  }

  /** A unique name for the next resource with this Pulumi name. Ids are made of it and are never reused. */
  nextName(type: string, name: string): string {
    const counter = path.join(this.folder, `made-${digest(type, name)}`);
    fs.appendFileSync(counter, ".");
    const number = fs.statSync(counter).size;
    return number === 1 ? name : `${name}#${number}`;
  }

  /** Whether a bucket holds any file. */
  hasObjects(bucket: string): boolean {
    const folder = path.join(this.folder, "buckets", bucket);
    return fs.existsSync(folder) && fs.readdirSync(folder).length > 0;
  }

  removeObjects(bucket: string): void {
    fs.rmSync(path.join(this.folder, "buckets", bucket), { recursive: true, force: true });
  }

  /** The resources in the form of the twin's evaluation, for its answers. */
  asResources(): Resource[] {
    return this.all().map((stored) => ({
      ...stored,
      key: keyOf(stored.type, stored.name),
      secrets: [],
      protect: false,
    }));
  }

  private file(type: string, id: string): string {
    return path.join(this.resources, `${digest(type, id)}.json`);
  }
}

function digest(...parts: string[]): string {
  return createHash("sha256").update(parts.join(" ")).digest("hex").slice(0, 24);
}
