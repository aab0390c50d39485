/**
 * Reads the two forms of event with which Transfer Family calls a custom identity provider:
 * - through API Gateway, as a Lambda proxy event of
 *   `GET /servers/{serverId}/users/{username}/config?protocol=FTP&sourceIp=…`
 *   (https://docs.aws.amazon.com/transfer/latest/userguide/authentication-api-gateway.html);
 * - directly, as `{username, password, protocol, serverId, sourceIp}`
 *   (https://docs.aws.amazon.com/transfer/latest/userguide/custom-lambda-idp.html).
 *
 * Reading never fails: a field that is missing or has another type becomes the empty text, which every check refuses.
 */
import type { AuthenticationRequest } from "./decision";
import { isHashable } from "./password";

/** The form of an event, which decides the form of the response. */
export type EventShape = "proxy" | "direct";

/** Maximum characters of a password in Transfer Family (API_TestIdentityProvider). */
const longestPassword = 1024;

/** The form of an event. An event of neither form is answered like a direct call. */
export function shapeOf(event: unknown): EventShape {
  const marks = ["httpMethod", "pathParameters", "requestContext"];
  return isObject(event) && marks.some((mark) => Object.hasOwn(event, mark)) ? "proxy" : "direct";
}

/** The login attempt in an event. */
export function readRequest(event: unknown): AuthenticationRequest {
  if (shapeOf(event) === "direct") {
    return {
      serverId: textIn(event, "serverId"),
      user: textIn(event, "username"),
      password: usable(textIn(event, "password")),
      protocol: textIn(event, "protocol"),
      address: textIn(event, "sourceIp"),
    };
  }
  const path = objectIn(event, "pathParameters");
  const query = objectIn(event, "queryStringParameters");
  return {
    serverId: textIn(path, "serverId"),
    // A proxy event contains the path as sent, percent-encoded.
    user: decodeOnce(textIn(path, "username")),
    password: passwordIn(objectIn(event, "headers")),
    protocol: textIn(query, "protocol"),
    // Not requestContext.identity.sourceIp, which is the address of the Transfer service as the API's caller.
    address: textIn(query, "sourceIp"),
  };
}

/** PasswordBase64 supports all characters; Password is read for callers that send only that header. */
function passwordIn(headers: Record<string, unknown>): string | undefined {
  const encoded = headerIn(headers, "passwordbase64");
  return usable(encoded === "" ? headerIn(headers, "password") : decodeBase64(encoded));
}

function usable(password: string | undefined): string | undefined {
  const isUsable =
    password !== undefined && password.length <= longestPassword && isHashable(password);
  return isUsable ? password : undefined;
}

/** Header names are not case-sensitive, and AWS does not document their case in the event. */
function headerIn(headers: Record<string, unknown>, lowerCaseName: string): string {
  const name = Object.keys(headers).find((key) => key.toLowerCase() === lowerCaseName);
  return name === undefined ? "" : textIn(headers, name);
}

/** Decodes base64; undefined when it is not valid: Buffer alone would skip invalid characters. */
function decodeBase64(encoded: string): string | undefined {
  // Four characters of base64 are three bytes, and a character of text is at most three bytes in UTF-8.
  if (encoded.length > 4 * longestPassword + 4) return undefined;
  const bytes = Buffer.from(encoded, "base64");
  const withoutPadding = (text: string) => text.replace(/={1,2}$/, "");
  if (withoutPadding(bytes.toString("base64")) !== withoutPadding(encoded)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function objectIn(value: unknown, name: string): Record<string, unknown> {
  const inner = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return isObject(inner) ? inner : {};
}

function textIn(value: unknown, name: string): string {
  const text = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return typeof text === "string" ? text : "";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
