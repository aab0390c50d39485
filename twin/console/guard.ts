/**
 * Limits the console to its own page on this machine. A page of another site can send requests to it from the same
 * browser, and its host name can resolve to this address (DNS rebinding).
 */
import type { IncomingHttpHeaders } from "node:http";

/**
 * Why a request is refused; undefined for an allowed one.
 *
 * @param port - The console's port.
 */
export function requestRefusal(headers: IncomingHttpHeaders, port: number): string | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  // Browsers omit the default port.
  if (port === 80) hosts.push("127.0.0.1", "localhost");
  const { host = "", origin } = headers;
  if (!hosts.includes(host)) {
    return `The console answers to ${hosts[0]} only.`;
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return "The console answers its own page only.";
  }
  // Requests for images, scripts and forms have no Origin; current browsers send this header instead.
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    return "The console answers its own page only; type its address into the browser.";
  }
  return undefined;
}

/** Headers of every response: no foreign resources, no inline scripts, no framing of the page. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": [
    ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"],
    ...["img-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
    ...["require-trusted-types-for 'script'", "trusted-types 'none'"],
  ].join("; "),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};
