import { callsOf, identityOf } from "../functions";
import { all, count, type Item, type PricedSite } from "../item";
import { loginsOf } from "../usage";

/** A read of user, server and two failure counts, consistent. */
const READS_PER_LOGIN = 4;

/** GB that a table of users takes: a kilobyte for each of a thousand. */
const TABLE_GB = 0.001;

const TABLE = "aws:dynamodb/table:Table";

/** Whether users are secrets, by the login function's own setting. */
function usersAreSecrets({ stack }: PricedSite): boolean {
  const { variables } = (identityOf(stack)?.outputs.environment ?? {}) as {
    variables?: Record<string, string>;
  };
  return variables?.USER_STORE === "secretsmanager";
}

/** Logins, and the other functions. */
export const loginItems: readonly Item[] = [
  {
    name: "API Gateway",
    types: ["aws:apigateway/restApi:RestApi", "aws:apigateway/stage:Stage"],
    price: "api.million",
    formula: "logins / 10^6, with identityProvider apiGateway",
    units: (site) =>
      count(site, "aws:apigateway/stage:Stage") > 0 ? loginsOf(site.usage) / 1e6 : 0,
  },
  {
    name: "Lambda, calls",
    types: ["aws:lambda/function:Function"],
    price: "lambda.million",
    formula: "(logins + files where a queue feeds a function + rounds of schedules) / 10^6",
    units: ({ stack, usage }) =>
      callsOf(stack, usage).reduce((sum, { calls }) => sum + calls, 0) / 1e6,
  },
  {
    name: "Lambda, duration",
    types: ["aws:lambda/function:Function"],
    price: "lambda.gbSecond",
    formula: "calls x GB of memory x seconds: 0.17 a login, 0.01 remembered, 0.5 a file, 5 a round",
    units: ({ stack, usage }) =>
      callsOf(stack, usage).reduce(
        (sum, { resource, calls, seconds }) =>
          sum + calls * seconds * (Number(resource.outputs.memorySize ?? 128) / 1024),
        0,
      ),
  },
  {
    name: "DynamoDB, reads",
    types: [TABLE],
    price: "dynamodb.readMillion",
    formula: "4 x logins / 10^6",
    units: (site) => (count(site, TABLE) > 0 ? (READS_PER_LOGIN * loginsOf(site.usage)) / 1e6 : 0),
  },
  {
    name: "DynamoDB, storage",
    types: [TABLE],
    price: "dynamodb.gbMonth",
    formula: "0.001 x tables, of a thousand users",
    units: (site) => TABLE_GB * count(site, TABLE),
  },
  {
    name: "DynamoDB, point-in-time recovery",
    types: [TABLE],
    price: "dynamodb.backupGbMonth",
    formula: "0.001 x tables that have it",
    units: ({ stack }) =>
      TABLE_GB *
      all(stack, TABLE).filter(
        ({ outputs }) => (outputs.pointInTimeRecovery as { enabled?: boolean })?.enabled === true,
      ).length,
  },
  {
    name: "Secrets Manager, reads",
    types: ["aws:secretsmanager/secret:Secret"],
    price: "secret.readMillion",
    formula: "logins / 10^6, with userStore secretsmanager",
    units: (site) => (usersAreSecrets(site) ? loginsOf(site.usage) / 1e6 : 0),
  },
  {
    name: "Secrets Manager, secrets",
    types: ["aws:secretsmanager/secret:Secret"],
    price: "secret.month",
    formula: "secrets that the stack makes; users' own come on top",
    units: (site) => count(site, "aws:secretsmanager/secret:Secret"),
  },
];
