import assert from "node:assert/strict";
import type { PrincipalEntry } from "../../../lib/iam/policy";
import {
  accountOf,
  matchPrincipal,
  nameOf,
  principalContext,
  sessionArn,
} from "../../../lib/iam/principal";
import { accountId, roleSession, roleSessionArn } from "./support";

const service = { type: "service", service: "transfer.amazonaws.com" } as const;
const aws = (value: string): PrincipalEntry => ({ type: "AWS", value });
const root = `arn:aws:iam::${accountId}:root`;

/** Rows of what the entries name, the entries, and the scope for the role session. */
const scopes: readonly [string, PrincipalEntry[], string | undefined][] = [
  ["every principal", [aws("*")], "session"],
  ["the session", [aws(roleSessionArn)], "session"],
  ["the role", [aws(roleSession.roleArn)], "role"],
  ["the account by number", [aws(accountId)], "account"],
  ["the account by ARN", [aws(root)], "account"],
  ["account and role", [aws(root), aws(roleSession.roleArn)], "role"],
  ["another account", [aws("999999999999")], undefined],
  ["another account by ARN", [aws("arn:aws:iam::999999999999:root")], undefined],
  ["another role", [aws(`${roleSession.roleArn}2`)], undefined],
  ["every service", [{ type: "Service", value: "*" }], undefined],
  ["a service with the role's name", [{ type: "Service", value: roleSession.roleArn }], undefined],
];

describe("iam: principals", () => {
  for (const [what, entries, scope] of scopes)
    it(`${what}: ${scope ?? "no match"}`, () => {
      assert.equal(matchPrincipal({ not: false, entries }, roleSession), scope);
    });

  it("a service matches its own name and every principal", () => {
    const match = (...entries: PrincipalEntry[]) =>
      matchPrincipal({ not: false, entries }, service);
    assert.equal(match({ type: "Service", value: service.service }), "session");
    assert.equal(match(aws("*")), "session");
    assert.equal(match({ type: "Service", value: "lambda.amazonaws.com" }), undefined);
    assert.equal(match(aws(service.service)), undefined);
  });

  it("NotPrincipal excludes a session only with session, role and account", () => {
    const match = (...entries: PrincipalEntry[]) =>
      matchPrincipal({ not: true, entries }, roleSession);
    assert.equal(match(aws(roleSession.roleArn), aws(root)), "session");
    assert.equal(match(aws(roleSessionArn), aws(roleSession.roleArn), aws(root)), undefined);
    assert.equal(match(aws("*")), undefined);
    assert.equal(match(aws("*"), aws("999999999999")), undefined);
  });

  it("NotPrincipal excludes a service by its name", () => {
    const match = (value: string) =>
      matchPrincipal({ not: true, entries: [{ type: "Service", value }] }, service);
    assert.equal(match(service.service), undefined);
    assert.equal(match("lambda.amazonaws.com"), "session");
  });

  it("have names, accounts and condition keys", () => {
    assert.equal(sessionArn(roleSession), roleSessionArn);
    const withPath = { ...roleSession, roleArn: `arn:aws:iam::${accountId}:role/path/files` };
    assert.equal(sessionArn(withPath), roleSessionArn);
    assert.deepEqual(
      [nameOf(roleSession), nameOf(service)],
      [roleSession.roleArn, service.service],
    );
    assert.deepEqual(
      [accountOf(roleSession.roleArn), accountOf("arn:aws:s3:::b")],
      [accountId, ""],
    );
    assert.equal(accountOf("bucket"), "");
    assert.equal(principalContext(roleSession)["aws:PrincipalAccount"], accountId);
    assert.equal(principalContext(service)["aws:PrincipalServiceName"], service.service);
  });
});
