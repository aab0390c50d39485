/**
 * Runs the SORACOM Commands of an evaluated stack as Pulumi's engine and the Command provider do:
 *
 * - a create that fails leaves nothing in the state, so that its delete never runs;
 * - a change of any input but `triggers` runs `update` in place; a failed one leaves the old state;
 * - a change of `triggers` replaces; with deleteBeforeReplace what would be replaced along goes first;
 * - update and delete have the previous output in their environment, after the Command's own variables;
 * - delete runs the line and the environment stored in the state, not the program's.
 */
import type { Resource } from "../../lib/stack/resource";
import { driverVerb } from "../../resources/soracom";

export interface CommandState {
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program and its arguments with these variables in addition to the process's own. Rejects when it fails. */
export type Shell = (
  line: readonly string[],
  env: Record<string, string>,
) => Promise<{ stdout: string; stderr: string }>;

/** What a driver's answer names: what the evaluation made up is replaced by what the driver printed. */
const named = ["owner", "vpgId", "vpgCidr", "peeringConnectionId", "groupId"];

export class Engine {
  state: CommandState[] = [];

  constructor(private readonly shell: Shell) {}

  /** Brings the state to the program's Commands, in the program's order. Returns the steps taken. */
  async up(program: readonly Resource[]): Promise<string[]> {
    const steps: string[] = [];
    const commands = program.filter(({ inputs }) => driverVerb(inputs) !== undefined);
    const real = new Map<string, string>();
    for (const { name, inputs: wanted, outputs } of commands) {
      const inputs = translate(wanted, real);
      const old = this.find(name);
      if (old && !equal(old.inputs.triggers, inputs.triggers)) {
        for (const dependent of this.replacedWith(old)) steps.push(await this.remove(dependent));
      }
      const left = this.find(name);
      const what = !left ? "create" : equal(left.inputs, inputs) ? "same" : "update";
      if (what !== "same") {
        await this.run(name, inputs, what, left);
        steps.push(`${what} ${short(name)}`);
      }
      recordIds(real, String(outputs.stdout), this.find(name)?.stdout ?? "");
    }
    const order = commands.map(({ name }) => name);
    for (const { name } of this.state.filter((one) => !order.includes(one.name)).reverse()) {
      steps.push(await this.remove(name));
    }
    this.state.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
    return steps;
  }

  /** Deletes everything in the state, last first. */
  async destroy(): Promise<string[]> {
    const steps: string[] = [];
    for (const { name } of [...this.state].reverse()) steps.push(await this.remove(name));
    return steps;
  }

  private find(name: string): CommandState | undefined {
    return this.state.find((one) => one.name === name);
  }

  /** The Command and all whose triggers name it or them; those that depend on others first. */
  private replacedWith(old: CommandState): string[] {
    const later = this.state.slice(this.state.indexOf(old) + 1);
    const dependents = later.filter(({ inputs }) =>
      (inputs.triggers as unknown[]).some((trigger) => String(trigger).endsWith(`::${old.name}`)),
    );
    const names = [old, ...dependents].flatMap((one) =>
      one === old ? [one.name] : this.replacedWith(one).reverse(),
    );
    const position = (name: string) => this.state.findIndex((one) => one.name === name);
    return [...new Set(names)].sort((a, b) => position(b) - position(a));
  }

  private async run(
    name: string,
    inputs: Readonly<Record<string, unknown>>,
    what: "create" | "update",
    old?: CommandState,
  ): Promise<void> {
    const text = String(what === "update" ? (inputs.update ?? inputs.create) : inputs.create);
    const { stdout, stderr } = await this.shell(line(inputs, text), variables(inputs, old));
    const made = { name, inputs, stdout: stdout.replace(/\n$/, ""), stderr };
    this.state = old ? this.state.map((one) => (one === old ? made : one)) : [...this.state, made];
  }

  private async remove(name: string): Promise<string> {
    const old = this.find(name)!;
    const { inputs } = old;
    // A Command without it has nothing to delete.
    if (inputs.delete !== undefined) {
      await this.shell(line(inputs, String(inputs.delete)), variables(inputs, old));
    }
    this.state = this.state.filter((one) => one !== old);
    return `delete ${short(name)}`;
  }
}

function line(inputs: Readonly<Record<string, unknown>>, text: string): string[] {
  const { interpreter = ["/bin/sh", "-c"] } = inputs as { interpreter?: string[] };
  return [...interpreter, text];
}

function variables(
  inputs: Readonly<Record<string, unknown>>,
  old: CommandState | undefined,
): Record<string, string> {
  const previous: Record<string, string> = old
    ? { PULUMI_COMMAND_STDOUT: old.stdout, PULUMI_COMMAND_STDERR: old.stderr }
    : {};
  return { ...(inputs.environment as Record<string, string>), ...previous };
}

function recordIds(real: Map<string, string>, evaluated: string, printed: string): void {
  const made = JSON.parse(evaluated) as Record<string, unknown>;
  const answer = JSON.parse(printed) as Record<string, unknown>;
  for (const field of named) {
    if (typeof made[field] === "string") real.set(made[field], String(answer[field]));
  }
}

function translate(inputs: object, real: ReadonlyMap<string, string>): Record<string, unknown> {
  let text = JSON.stringify(inputs);
  for (const [from, to] of real) text = text.replaceAll(from, to);
  return JSON.parse(text) as Record<string, unknown>;
}

const equal = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** `canal-ftp-dev-sims-members` as `members`. */
const short = (name: string) => name.split("-").at(-1)!;
