/** What a device did to its files, the events of it, and what its files show: the truth that the log is compared with. */
import * as fc from "fast-check";

import { uploadEvent } from "./events";
import { MemoryS3 } from "./memory-s3";

export const files = "files";
const home = "users/camera01";

/** An event with the version that it is about. */
export interface SentEvent {
  readonly text: string;
  /** Epoch milliseconds of its end. */
  readonly at: number;
  readonly version?: FileVersion;
  readonly kind: "upload" | "rename" | "cut";
}

/** A version that a completed upload or a rename has made. */
export interface FileVersion {
  readonly id: string;
  readonly key: string;
  readonly content: string;
  readonly event: () => SentEvent;
  /** The rename that took it away, and when. */
  renamed?: { readonly at: number; readonly event: SentEvent };
}

/** Milliseconds between two commands of a device: often within one second. */
const pause = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 900 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1000, max: 9000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 600_000 }) },
);

const finalName = fc.constantFrom("a.jpg", "b.jpg");
const temporaryName = fc.constantFrom("a.tmp", "camera_tmp.jpg");
/** Few, so that the same contents come again; of renames those of one moment differ, or they could not be told apart. */
const content = fc.constantFrom("one", "two", "three");

/** A way of uploading, as devices have them. */
const behaviour = fc.oneof(
  fc.record({ does: fc.constant("store" as const), name: finalName, content, pause }),
  fc.record({ does: fc.constant("cut" as const), name: finalName, content, pause }),
  fc.record({ does: fc.constant("cut and retry" as const), name: finalName, content, pause }),
  fc.record({ does: fc.constant("delete, store" as const), name: finalName, content, pause }),
  fc.record({ does: fc.constant("delete" as const), name: finalName, pause }),
  fc.record({
    does: fc.constant("store, rename" as const),
    ...{ name: finalName, temporary: temporaryName, content, pause },
    /** `DELE` of the final name first, as strict servers need it; without it the rename may be refused. */
    deletes: fc.boolean(),
    /** A rename in two steps. */
    inBetween: fc.boolean(),
    wait: pause,
  }),
);

export type Behaviour = typeof behaviour extends fc.Arbitrary<infer T> ? T : never;

/** How an event travels. */
const delivery = fc.record({
  /** Milliseconds each copy is late: ten minutes at the most. */
  copies: fc.array(
    fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 600_000 })),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
});

export const history = fc.record({
  behaviours: fc.array(behaviour, { minLength: 1, maxLength: 7 }),
  deliveries: fc.array(delivery, { minLength: 12, maxLength: 12 }),
  /** Which event is lost; none when there are fewer. */
  lost: fc.option(fc.nat(24), { nil: undefined }),
  /** Milliseconds by which S3's clock is ahead of Transfer's. */
  skew: fc.integer({ min: -400, max: 400 }),
  /** The user's function fails the first time for every n-th file; 0: never. */
  failing: fc.nat(3),
});

export type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

/** The device's part of a history: it changes the files of S3 and returns the events and the versions made. */
export class Device {
  readonly events: SentEvent[] = [];
  readonly versions: FileVersion[] = [];
  private session = 0;
  private afterTwoSteps = false;

  constructor(
    private readonly s3: MemoryS3,
    private readonly clock: { now: number },
  ) {}

  act(step: Behaviour): void {
    this.session++;
    this.clock.now += step.pause;
    switch (step.does) {
      case "store":
        return this.store(step.name, step.content);
      case "cut":
        return this.cut(step.name, step.content);
      case "cut and retry":
        this.cut(step.name, step.content);
        this.session++;
        return this.store(step.name, step.content);
      case "delete, store":
        this.remove(step.name);
        return this.store(step.name, step.content);
      case "delete":
        return this.remove(step.name);
      case "store, rename": {
        // Renames in two steps next to others of the same moment cannot be distinguished.
        if (step.inBetween || this.afterTwoSteps) this.clock.now += 15_000;
        this.afterTwoSteps = step.inBetween;
        const last = this.events.at(-1)?.at ?? 0;
        const text =
          this.clock.now - last < 15_000 ? `${step.content} ${this.session}` : step.content;
        this.store(step.temporary, text);
        if (step.deletes) this.remove(step.name);
        this.clock.now += step.wait;
        const part = `${step.temporary}.part`;
        if (!step.inBetween) return this.rename(step.temporary, step.name);
        this.rename(step.temporary, part);
        return this.rename(part, step.name);
      }
    }
  }

  private location = (name: string) => ({ bucket: files, key: `${home}/${name}` });

  private store(name: string, text: string): void {
    const start = this.clock.now;
    this.clock.now += 40;
    const id = this.s3.write(this.location(name), text);
    this.clock.now += 5;
    this.add(name, text, id, {
      kind: "upload",
      detail: {
        "file-path": this.path(name),
        bytes: text.length,
        etag: this.s3.current(this.location(name))!.etag,
        ...this.times(start),
      },
    });
  }

  /** Transfer Family stores what has arrived under the name. */
  private cut(name: string, text: string): void {
    const start = this.clock.now;
    this.clock.now += 40;
    this.s3.write(this.location(name), text.slice(0, 2));
    const detail = {
      "file-path": this.path(name),
      bytes: 2,
      "status-code": "FAILED",
      "failure-code": "PARTIAL_UPLOAD",
      ...this.times(start),
    };
    const rest = { "detail-type": "FTP Server File Upload Failed" };
    this.events.push({ text: uploadEvent(detail, rest), at: this.clock.now, kind: "cut" });
  }

  private remove(name: string): void {
    this.clock.now += 30;
    if (this.s3.current(this.location(name))) this.s3.remove(this.location(name));
  }

  /** Refused where the new name exists, or the old one does not. */
  private rename(from: string, to: string): void {
    const start = this.clock.now;
    this.clock.now += 30;
    const source = this.s3.current(this.location(from));
    if (!source || this.s3.current(this.location(to))) return;
    const id = this.s3.write(this.location(to), source.body);
    this.clock.now += 10;
    this.s3.remove(this.location(from));
    this.clock.now += 5;
    const detail = {
      "original-file-path": this.path(from),
      "renamed-file-path": this.path(to),
      ...{ "file-path": undefined, bytes: undefined },
      ...this.times(start),
    };
    const rest = { "detail-type": "FTP Server File Rename Completed" };
    this.add(to, source.body, id, { kind: "rename", detail, rest });
    const before = this.versions.find((version) => version.id === source.id);
    const removedAt = this.clock.now - 5;
    if (before) before.renamed = { at: removedAt, event: this.events.at(-1)! };
  }

  private add(
    name: string,
    text: string,
    id: string,
    event: { kind: "upload" | "rename"; detail: Record<string, unknown>; rest?: object },
  ): void {
    const version: FileVersion = {
      ...{ id, key: this.location(name).key, content: text },
      event: () => sent,
    };
    const sent: SentEvent = {
      text: uploadEvent(event.detail, event.rest),
      ...{ at: this.clock.now, kind: event.kind, version },
    };
    this.versions.push(version);
    this.events.push(sent);
  }

  private path = (name: string) => `/${files}/${home}/${name}`;

  private times(start: number) {
    return {
      "session-id": String(this.session).padStart(20, "0"),
      "start-timestamp": nanoseconds(start),
      "end-timestamp": nanoseconds(this.clock.now),
    };
  }
}

const nanoseconds = (at: number) => new Date(at).toISOString().replace("Z", "123456Z");
