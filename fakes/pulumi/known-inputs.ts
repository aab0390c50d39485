import * as fs from "node:fs";
import * as path from "node:path";

const files = new Map<string, ReadonlySet<string> | undefined>();

/**
 * Names of the inputs that a type has in its Pulumi package, read from the package's own code; undefined for a
 * type it does not have. Outputs are not inputs: the code sets them to nothing.
 */
export function knownInputs(type: string): ReadonlySet<string> | undefined {
  if (!files.has(type)) files.set(type, read(type));
  return files.get(type);
}

function read(type: string): ReadonlySet<string> | undefined {
  const [provider, module, name] = type.split(":");
  // `aws:s3/bucket:Bucket` contains its file name; `command:local:Command` is in the file of its own name.
  const own = module.includes("/") ? module : `${module}/${name[0].toLowerCase()}${name.slice(1)}`;
  const home = path.dirname(require.resolve(`@pulumi/${provider}/package.json`));
  const file = path.join(home, `${own}.js`);
  if (!fs.existsSync(file)) return undefined;
  const inputs = fs
    .readFileSync(file, "utf8")
    .matchAll(/resourceInputs\["(\w+)"\] = (?!undefined)[^;]*\bargs\b/g);
  return new Set([...inputs].map(([, name]) => name));
}

/** A message for each type or input of a resource that its package does not have. */
export function unknownInputs(type: string, inputs: Readonly<Record<string, unknown>>): string[] {
  const known = knownInputs(type);
  if (!known) return [`There is no resource type ${type}.`];
  return (
    Object.keys(inputs)
      // The engine's own inputs, and the version that the SDK requests.
      .filter((name) => !known.has(name) && !name.startsWith("__"))
      .map((name) => `${type} has no input ${name}.`)
  );
}
