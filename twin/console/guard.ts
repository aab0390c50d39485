/**
 * Who may read the console: the page itself, on this machine. A page of another site may send requests here from
 * the same browser, and a name of its own may lead to this address (DNS rebinding).
 */
import type { IncomingHttpHeaders } from "node:http";

/**
 * Why a request is refused; undefined for one that is let through.
 *
 * @param port where the console listens
 */
export function requestRefusal(headers: IncomingHttpHeaders, port: number): string | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  // Browsers leave out the port of plain HTTP.
  if (port === 80) hosts.push("127.0.0.1", "localhost");
  const { host = "", origin } = headers;
  if (!hosts.includes(host)) {
    return `The console answers to ${hosts[0]} only.`;
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return "The console answers its own page only.";
  }
  // Images, scripts and forms of other sites carry no Origin, and every current browser says this much.
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    return "The console answers its own page only; type its address into the browser.";
  }
  return undefined;
}

/** What every answer carries: nothing from elsewhere is loaded, no text becomes a script, nobody frames the page. */
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
