import { variablesOf } from "../lib/stack/resource";
import { actions } from "./actions";
import { countOf, loginsPerMonth, type PricedStack } from "./cost-item";
import type { Service } from "./resource-type";

const page = "awssecretsmanager";
/** AWS's own template for custom identity providers prescribes the names of users' secrets. */
const userSecrets = "arn:{partition}:secretsmanager:{region}:{account}:secret:aws/transfer/*";
const secret = "aws:secretsmanager/secret:Secret";

/** Whether users are secrets, from the login function's own setting. */
function usersAreSecrets({ loginFunction }: PricedStack): boolean {
  return loginFunction !== undefined && variablesOf(loginFunction).USER_STORE === "secretsmanager";
}

export const secretsmanager: Service = {
  types: {
    [secret]: {
      actions: actions(page, userSecrets, {
        create: ["secretsmanager:CreateSecret", "secretsmanager:TagResource"],
        read: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
        update: [
          "secretsmanager:UpdateSecret",
          "secretsmanager:TagResource",
          "secretsmanager:UntagResource",
        ],
        delete: ["secretsmanager:DeleteSecret"],
      }),
      cost: [
        {
          name: "Secrets Manager, reads",
          price: "secret.readMillion",
          formula: "logins / 10^6, with userStore secretsmanager",
          units: (stack) => (usersAreSecrets(stack) ? loginsPerMonth(stack) / 1e6 : 0),
        },
        {
          name: "Secrets Manager, secrets",
          price: "secret.month",
          formula: "secrets that the stack creates; those of users are billed in addition",
          units: (stack) => countOf(stack, secret),
        },
      ],
    },

    "aws:secretsmanager/secretVersion:SecretVersion": {
      actions: actions(page, userSecrets, {
        create: ["secretsmanager:PutSecretValue"],
        read: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
        update: ["secretsmanager:UpdateSecretVersionStage"],
        delete: ["secretsmanager:UpdateSecretVersionStage"],
      }),
      cost: "included in the price of its secret",
    },
  },
};
