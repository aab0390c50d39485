import type { Service } from "./resource-type";

export const athena: Service = {
  types: {
    "aws:athena/workgroup:Workgroup": { cost: "queries are billed by TB read, and it runs none" },
    "aws:athena/namedQuery:NamedQuery": { cost: "stored text; running it is billed by TB read" },
  },
};
