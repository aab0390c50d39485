import { onCommand, onReply, type Rule } from "../finding";

/** A PASV that waits this long found every port lent. */
const longWaitMs = 1000;

/** How the device opens, or does not open, the connection its files go over. */
export const dataConnectionRules: readonly Rule[] = [
  {
    id: "active-mode",
    severity: "fails",
    remedy: "Switch the device to passive mode (PASV or EPSV).",
    detect: onCommand(
      ["PORT", "EPRT", "LPRT"],
      (name) => `The device asks for active mode with ${name}; the server is passive only.`,
    ),
  },
  {
    id: "no-passive-port",
    severity: "fails",
    remedy: "Switch the device to passive mode: PASV or EPSV before each transfer or listing.",
    detect: onReply(
      undefined,
      /^503 PORT or PASV/,
      ({ command }) => `${command.name} came without PASV or EPSV before it.`,
    ),
  },
  {
    id: "passive-port-reused",
    severity: "fails",
    remedy: "Send PASV or EPSV again before each transfer or listing: a port serves one.",
    detect: onReply(undefined, /^150 /, ({ command, portAnnounced }) =>
      portAnnounced
        ? undefined
        : `${command.name} came without a new PASV or EPSV after the last one was used.`,
    ),
  },
  {
    id: "never-dialled",
    severity: "fails",
    remedy:
      "Have the device connect to the port of the 227 or 229 reply, and check that nothing between " +
      "blocks TCP 8192-8200.",
    detect: onReply(undefined, /^425 Can't open data/, ({ command, openedWithPort }) =>
      openedWithPort ? `No data connection came for ${command.name}.` : undefined,
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
    remedy:
      "Spread the devices' schedules: nine ports serve all, and not everybody at the full hour.",
    detect: (event, { command }, at) => {
      const waited = at - command.at;
      return event.kind === "reply" && /^22[79] Entering/.test(event.text) && waited > longWaitMs
        ? `All passive ports were lent: ${command.name} waited ${(waited / 1000).toFixed(1)} s.`
        : undefined;
    },
  },
];
