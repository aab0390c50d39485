"use strict";

const paged = { query: ["tag-name", "tag-value", "tag-value-match-mode"], fetchAll: true };

/** The commands by group and word. {x} in a path is the flag --x. `flags` go into the body, with the type to send. */
const COMMANDS = {
  vpg: {
    create: {
      request: "POST /virtual_private_gateways",
      body: "object",
      flags: { type: "int", "use-internet-gateway": "bool", "device-subnet-cidr-range": "text" },
      omitted: { "device-subnet-cidr-range": "10.128.0.0/9" },
      required: ["type"],
    },
    get: { request: "GET /virtual_private_gateways/{vpg-id}" },
    list: { request: "GET /virtual_private_gateways", ...paged },
    terminate: { request: "POST /virtual_private_gateways/{vpg-id}/terminate" },
    "update-tags": { request: "PUT /virtual_private_gateways/{vpg-id}/tags", body: "raw" },
    "delete-tag": { request: "DELETE /virtual_private_gateways/{vpg-id}/tags/{tag-name}" },
    "create-vpc-peering-connection": {
      request: "POST /virtual_private_gateways/{vpg-id}/vpc_peering_connections",
      body: "object",
      flags: {
        "destination-cidr-block": "text",
        "peer-owner-id": "text",
        "peer-region": "text",
        "peer-vpc-id": "text",
      },
    },
    "delete-vpc-peering-connection": {
      request: "DELETE /virtual_private_gateways/{vpg-id}/vpc_peering_connections/{pcx-id}",
    },
  },
  groups: {
    create: { request: "POST /groups", body: "object" },
    get: { request: "GET /groups/{group-id}" },
    list: { request: "GET /groups", ...paged },
    delete: { request: "DELETE /groups/{group-id}" },
    "put-config": { request: "PUT /groups/{group-id}/configuration/{namespace}", body: "raw" },
    "delete-config": {
      request: "DELETE /groups/{group-id}/configuration/{namespace}/{name}",
    },
    "put-tags": { request: "PUT /groups/{group-id}/tags", body: "raw" },
    "delete-tag": { request: "DELETE /groups/{group-id}/tags/{tag-name}" },
    "list-subscribers": { request: "GET /groups/{group-id}/subscribers", fetchAll: true },
  },
  sims: {
    get: { request: "GET /sims/{sim-id}" },
    "set-group": {
      request: "POST /sims/{sim-id}/set_group",
      body: "object",
      flags: { "group-id": "text" },
    },
    "unset-group": { request: "POST /sims/{sim-id}/unset_group" },
    "delete-session": { request: "POST /sims/{sim-id}/delete_session" },
    "create-arc-session": { request: "POST /sims/{sim-id}/sessions/arc", body: "object" },
    "put-tags": { request: "PUT /sims/{sim-id}/tags", body: "raw" },
    "delete-tag": { request: "DELETE /sims/{sim-id}/tags/{tag-name}" },
  },
};

module.exports = { COMMANDS };
