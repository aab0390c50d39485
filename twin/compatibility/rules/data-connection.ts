import { onCommand, onReply, type Rule } from "../finding";

/** Milliseconds after which a waiting PASV means that every port was in use. */
const longWaitMs = 1000;

/** The remedy for a fleet whose devices share a source address. */
const spreadRemedy =
  "Spread the devices' schedules, have them retry after a random wait, or give them more source " +
  "addresses (Type-F2): nine ports serve one source address (canal-ftp capacity).";

/** Rules for the data connection. */
export const dataConnectionRules: readonly Rule[] = [
  {
    id: "active-mode",
    severity: "fails",
    remedy: "Switch the device to passive mode (PASV or EPSV).",
    detect: onCommand(
      ["PORT", "EPRT", "LPRT"],
      (name) =>
        `The device requests active mode with ${name}; the server supports passive mode only.`,
    ),
  },
  {
    id: "no-passive-port",
    severity: "fails",
    remedy: "Switch the device to passive mode: PASV or EPSV before each transfer or listing.",
    detect: onReply(
      undefined,
      /^503 PORT or PASV/,
      ({ command }) => `${command.name} was sent without PASV or EPSV before it.`,
    ),
  },
  {
    id: "passive-port-reused",
    severity: "fails",
    remedy:
      "Send PASV or EPSV again before each transfer or listing: a port serves one data connection.",
    detect: onReply(undefined, /^150 /, ({ command, portAnnounced }) =>
      portAnnounced ? undefined : `${command.name} was sent without a new PASV or EPSV.`,
    ),
  },
  {
    id: "never-dialled",
    severity: "fails",
    remedy:
      "Have the device connect to the port of the 227 or 229 reply, and check that nothing between " +
      "blocks TCP 8192-8200.",
    detect: onReply(undefined, /^425 Can't open data/, ({ command, openedWithPort }) =>
      openedWithPort ? `The device opened no data connection for ${command.name}.` : undefined,
    ),
  },
  {
    id: "passive-address-ignored",
    severity: "risk",
    remedy:
      "Have the device use the address of the 227 reply; or keep the server in one subnet, where both " +
      "addresses are the same.",
    detect: (event, { announcedAddress }) =>
      event.kind === "data" && announcedAddress !== undefined && event.to !== announcedAddress
        ? `PASV announced ${announcedAddress}, and the device connected to ${event.to}.`
        : undefined,
  },
  {
    id: "data-from-elsewhere",
    severity: "fails",
    remedy: "Have the device open control and data connection from one address and interface.",
    detect: (event) =>
      event.kind === "refused" && /^Data connection .* which is not the client/.test(event.reason)
        ? event.reason
        : undefined,
  },
  {
    id: "passive-port-wait",
    severity: "note",
    remedy: spreadRemedy,
    detect: (event, { command }, at) => {
      const waited = at - command.at;
      return event.kind === "reply" && /^22[79] Entering/.test(event.text) && waited > longWaitMs
        ? `All passive ports were in use: ${command.name} waited ${(waited / 1000).toFixed(1)} s. AWS does not wait.`
        : undefined;
    },
  },
  {
    id: "passive-ports-taken",
    severity: "fails",
    remedy: spreadRemedy,
    detect: onReply(undefined, /^425 Can't open passive/, ({ command, refusal, source }) =>
      refusal === "ports-taken"
        ? `The reply to ${command.name} was 425: transfers from ${source} used every passive port of that source address.`
        : undefined,
    ),
  },
];
