import { noPlainSecret } from "../../../policies/rules/secrets";
import { describeRule } from "../support";

describe("policies/rules/secrets", () => {
  describeRule(
    noPlainSecret,
    [
      [
        "has a password hash in plain text in item",
        { properties: { item: '{"h":"$scrypt$ln=14$…"}' } },
      ],
      [
        "has an AWS access key id in plain text in a.b",
        { properties: { a: { b: "AKIAABCDEFGHIJKLMNOP" } } },
      ],
      [
        "has a SORACOM auth key in plain text in environment.K",
        { properties: { environment: { K: `secret-${"a1".repeat(20)}` } } },
      ],
      [
        "has a private key in plain text in pem",
        { properties: { pem: "-----BEGIN RSA PRIVATE KEY-----\nMII" } },
      ],
      [
        "has a value named as a secret in plain text in environment.variables.DB_PASSWORD",
        { properties: { environment: { variables: { DB_PASSWORD: "hunter2" } } } },
      ],
    ],
    [
      { properties: { item: '{"h":"$scrypt$ln=14$…"}' }, secrets: ["item"] },
      {
        properties: { environment: { variables: { FTP_PASSWORD: "x" } } },
        secrets: ["environment"],
      },
      { properties: { passwordPolicy: "long", secretArn: "arn:aws:secretsmanager:::secret:x" } },
      { properties: { password: "", nothing: null, count: 7 } },
      { properties: { code: { text: "-----BEGIN PRIVATE KEY-----" } } },
    ],
  );
});
