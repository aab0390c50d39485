import { costsNothing, countOf } from "./cost-item";
import type { Service } from "./resource-type";

export const kms: Service = {
  types: {
    "aws:kms/key:Key": {
      cost: [
        {
          name: "KMS, key",
          price: "kms.key",
          formula: "keys that the stack creates",
          units: (stack) => countOf(stack, "aws:kms/key:Key"),
        },
      ],
    },
    "aws:kms/alias:Alias": { cost: costsNothing.setting },
  },
};
