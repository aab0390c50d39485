import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";

import * as grpc from "@grpc/grpc-js";
import * as provproto from "@pulumi/pulumi/proto/provider_pb";
import Ajv2020 from "ajv/dist/2020";

import { root } from "../support/golden";

interface ProviderClient {
  getSchema(
    request: provproto.GetSchemaRequest,
    callback: (error: Error | null, response: provproto.GetSchemaResponse) => void,
  ): void;
}

/** The client's code; its type declaration refers to an outdated gRPC library. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { ResourceProviderClient } = require("@pulumi/pulumi/proto/provider_grpc_pb") as {
  ResourceProviderClient: new (
    address: string,
    credentials: grpc.ChannelCredentials,
  ) => ProviderClient;
};

interface Described {
  readonly description?: string;
}

interface Schema {
  readonly resources: Record<
    string,
    Described & {
      readonly inputProperties: Record<string, Described>;
      readonly properties: Record<string, Described>;
    }
  >;
  readonly types: Record<string, { readonly properties?: Record<string, Described> }>;
}

const file = path.join(root, "test", "golden", "component-schema.json");

/** Starts the provider as Pulumi's language host for Node.js does, in a folder of another program. */
async function startProvider(): Promise<{ child: ChildProcess; port: string }> {
  const runner = require.resolve("@pulumi/pulumi/cmd/run-plugin");
  const child = spawn(process.execPath, [runner, root, "127.0.0.1:1"], {
    cwd: os.tmpdir(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface(child.stdout!)) {
    if (/^\d+$/.test(line)) return { child, port: line };
  }
  throw new Error("The provider ended without printing its port.");
}

describe("the component provider", function () {
  this.timeout(300_000);
  let child: ChildProcess;
  let schema: Schema;
  before(async () => {
    const started = await startProvider();
    child = started.child;
    const client = new ResourceProviderClient(
      `127.0.0.1:${started.port}`,
      grpc.credentials.createInsecure(),
    );
    const text = await new Promise<string>((resolve, reject) =>
      client.getSchema(new provproto.GetSchemaRequest(), (error, response) =>
        error ? reject(error) : resolve(response.getSchema()),
      ),
    );
    schema = JSON.parse(text) as Schema;
  });
  after(() => child.kill());

  it("has the schema of its golden file (renew with GOLDEN=1)", () => {
    const text = `${JSON.stringify(schema, null, 2)}\n`;
    if (process.env.GOLDEN) fs.writeFileSync(file, text);
    assert.equal(text, fs.readFileSync(file, "utf8"));
  });

  it("has every component that the package exports", async () => {
    const exported = Object.keys(await import("../../components")).filter((name) =>
      fs.readFileSync(path.join(root, "components", "index.ts"), "utf8").includes(`${name}Args`),
    );
    const names = Object.keys(schema.resources).map((token) => token.split(":")[2]);
    assert.deepEqual(names.sort(), exported.sort());
  });

  it("describes every component, argument and output", () => {
    const missing = Object.entries(schema.resources).flatMap(([token, resource]) => [
      ...(resource.description ? [] : [token]),
      ...undescribed(token, resource.inputProperties),
      ...undescribed(token, resource.properties),
    ]);
    const inTypes = Object.entries(schema.types).flatMap(([token, { properties }]) =>
      undescribed(token, properties ?? {}),
    );
    assert.deepEqual([...missing, ...inTypes], []);
    assert.doesNotMatch(JSON.stringify(schema), /\[object Object\]/);
  });

  it("is valid against Pulumi's metaschema (pulumi/pulumi, pkg/codegen/schema/pulumi.json)", () => {
    const metaschema = JSON.parse(
      fs.readFileSync(path.join(root, "test", "golden", "pulumi-metaschema.json"), "utf8"),
    ) as object;
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    assert.equal(ajv.validate(metaschema, schema), true, ajv.errorsText());
    assert.equal(ajv.validate(metaschema, { ...schema, resources: [] }), false);
  });
});

function undescribed(token: string, properties: Record<string, Described>): string[] {
  return Object.entries(properties)
    .filter(([, { description }]) => !description)
    .map(([name]) => `${token}.${name}`);
}
