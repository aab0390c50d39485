import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

import { bundleFunction, functionFile } from "../../../lambdas/bundle";

const entry = path.resolve(__dirname, "../../../lambdas/silent-devices/handler.ts");

/** The bundled function against stand-ins of Athena and SNS in one server. */
describe("silent-devices: the bundled function", function () {
  this.timeout(60_000);
  let folder: string;
  let server: http.Server;
  let requests: { operation: string; input: string; authorization: string }[];
  /** States of the query, one for each request; the last one stays. */
  let states: string[];
  let refuse: string | undefined;

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "silent-devices-"));
    fs.writeFileSync(path.join(folder, functionFile), await bundleFunction(entry));
    server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const input = Buffer.concat(chunks).toString();
        const target = String(request.headers["x-amz-target"] ?? "");
        const operation = target.split(".")[1] ?? new URLSearchParams(input).get("Action") ?? "";
        const { authorization = "" } = request.headers;
        requests.push({ operation, input, authorization });
        const isRefused = operation === refuse;
        response.writeHead(isRefused ? 400 : 200);
        response.end(isRefused ? '{"__type":"AccessDeniedException"}' : answerTo(operation));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  after(() => {
    server.close();
    fs.rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    [requests, states, refuse] = [[], ["SUCCEEDED"], undefined];
  });

  function answerTo(operation: string): string {
    const row = (...values: string[]) => ({
      Data: values.map((VarCharValue) => ({ VarCharValue })),
    });
    const hour = 3_600_000;
    const ago = (hours: number) => new Date(Date.now() - hours * hour).toISOString();
    if (operation === "GetQueryExecution") {
      const State = states.length > 1 ? states.shift() : states[0];
      return JSON.stringify({ QueryExecution: { Status: { State } } });
    }
    const answers: Record<string, unknown> = {
      StartQueryExecution: { QueryExecutionId: "q-1" },
      GetQueryResults: {
        ResultSet: {
          Rows: [
            row("device", "last_file", "last_upload", "files", "bytes", "failed"),
            row("cam-1", "users/cam-1/a.jpg", ago(1), "5", "50", "0"),
            row("cam-2", "users/cam-2/a.jpg", ago(50), "5", "50", "1"),
          ],
        },
      },
    };
    return JSON.stringify(answers[operation] ?? {});
  }

  async function invoke(): Promise<{ answer?: { subject: string }; thrown?: string }> {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const script = `require("./index.js").handler({}).then(
      (answer) => console.error(JSON.stringify({ answer })), (e) => console.error(JSON.stringify({ thrown: e.message })))`;
    const { stderr } = await promisify(execFile)(process.execPath, ["-e", script], {
      cwd: folder,
      env: {
        ...{ STACK: "canal-ftp/prod", DATABASE: "canal_ftp_prod", WORKGROUP: "reports" },
        TOPIC_ARN: "arn:aws:sns:eu-west-1:123456789012:mails",
        ...{ AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "AKIDEXAMPLE" },
        AWS_SECRET_ACCESS_KEY: "not-a-real-key",
        ...{ AWS_ENDPOINT_URL_ATHENA: endpoint, AWS_ENDPOINT_URL_SNS: endpoint },
      },
    });
    return JSON.parse(stderr) as { answer?: { subject: string }; thrown?: string };
  }

  it("queries the log in its workgroup, waits for the query, and publishes the report", async () => {
    states = ["QUEUED", "RUNNING", "SUCCEEDED"];
    assert.deepEqual(await invoke(), {
      answer: { subject: "canal-ftp/prod: 1 of 2 devices silent" },
    });
    assert.deepEqual(
      requests.map(({ operation }) => operation),
      [
        "StartQueryExecution",
        ...["GetQueryExecution", "GetQueryExecution", "GetQueryExecution"],
        ...["GetQueryResults", "Publish"],
      ],
    );
    const [query] = requests;
    const { QueryString, WorkGroup } = JSON.parse(query.input) as Record<string, string>;
    assert.match(QueryString, /FROM "canal_ftp_prod"\."uploads"/);
    assert.equal(WorkGroup, "reports");
    assert.match(query.authorization, /\/eu-west-1\/athena\/aws4_request/);
    const mail = requests.at(-1)!;
    const form = new URLSearchParams(mail.input);
    assert.equal(form.get("TopicArn"), "arn:aws:sns:eu-west-1:123456789012:mails");
    assert.equal(form.get("Subject"), "canal-ftp/prod: 1 of 2 devices silent");
    assert.match(form.get("Message") ?? "", /cam-2 {2}last file: .* silent: 2 d/);
    assert.match(mail.authorization, /\/eu-west-1\/sns\/aws4_request/);
  });

  it("fails, without a mail, when the query fails or is refused, and when the topic refuses", async () => {
    states = ["FAILED"];
    assert.match((await invoke()).thrown ?? "", /Athena's query ended as FAILED/);
    refuse = "StartQueryExecution";
    assert.match((await invoke()).thrown ?? "", /StartQueryExecution: HTTP 400 .*AccessDenied/);
    assert.ok(!requests.some(({ operation }) => operation === "Publish"));
    [states, refuse] = [["SUCCEEDED"], "Publish"];
    assert.match((await invoke()).thrown ?? "", /SNS Publish: HTTP 400/);
  });
});
