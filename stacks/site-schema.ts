/** The keys of the project's configuration, each with its allowed values. */
import * as v from "valibot";

import { isSecretName } from "../lambdas/identity-provider/stores/secret-name";
import { isUserName } from "../lambdas/identity-provider/user-name";
import { parseAddress, parseCidr } from "../lib/ipv4";
import { maxZones } from "../lib/zones";
import { ownerForm } from "../lib/soracom-owner";
import { simIdForm, simIdWords } from "../lib/sim-file";
import {
  choice,
  flag,
  json,
  oneOf,
  optionalNumber,
  optionalText,
  text,
  textList,
  wholeNumber,
} from "./value-schemas";

export const environments = ["dev", "prod"] as const;

/** The periods CloudWatch Logs offers, in days (CloudWatch Logs API, PutRetentionPolicy). */
export const logRetentionPeriods = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** An alarm evaluates seven days at most (CloudWatch API reference, PutMetricAlarm). */
const maxHours = 7 * 24;

/** Periods of an alarm are whole minutes up to an hour here, and two of them have to fit into its day. */
const maxCanaryMinutes = 60;

const million = 1_000_000;

const nothingOrVpc =
  "nothing, or vpcId, cidr, 1 to 3 subnetIds, and every route table of those subnets in routeTableIds";
const ids = (pattern: RegExp, most: number) =>
  v.pipe(
    v.array(v.pipe(v.string(nothingOrVpc), v.regex(pattern, nothingOrVpc)), nothingOrVpc),
    v.minLength(1, nothingOrVpc),
    v.maxLength(most, nothingOrVpc),
  );

/** An empty object: create a VPC. Otherwise every part of an existing one. */
const existingVpc = v.pipe(
  json("{}", "an object"),
  v.check((value) => !Array.isArray(value), "an object"),
  v.record(v.string(), v.unknown(), "an object"),
  v.transform((value) => (Object.keys(value).length > 0 ? value : undefined)),
  v.optional(
    v.strictObject(
      {
        vpcId: v.pipe(v.string(nothingOrVpc), v.regex(/^vpc-[0-9a-f]+$/, nothingOrVpc)),
        cidr: v.pipe(
          v.string(nothingOrVpc),
          v.check((cidr) => parseCidr(cidr) !== undefined, nothingOrVpc),
        ),
        subnetIds: ids(/^subnet-[0-9a-f]+$/, 3),
        routeTableIds: ids(/^rtb-[0-9a-f]+$/, Infinity),
      },
      nothingOrVpc,
    ),
  ),
);

const nameAndPassword =
  "name and password; a name has 3 to 100 of A-Z a-z 0-9 _ @ . - and starts with none of @ . -";
const passwordLength = "a password of 1 to 1,024 characters, in quotes";
const users = v.pipe(
  json("[]", "a list"),
  v.array(
    v.strictObject(
      {
        name: v.pipe(v.string(nameAndPassword), v.check(isUserName, nameAndPassword)),
        password: v.pipe(
          v.string(passwordLength),
          v.minLength(1, passwordLength),
          v.maxLength(1024, passwordLength),
        ),
      },
      ({ expected }) => (expected === '"password"' ? passwordLength : nameAndPassword),
    ),
    "a list",
  ),
  v.checkItems(
    ({ name }, index, all) => all.findIndex((user) => user.name === name) === index,
    "each name only once",
  ),
);

// A Transfer server cannot be in a Local Zone, whose name is longer.
const zoneNames = "1 to 3 availability zones of the region, such as ap-northeast-1a, or none";

const addressWords = "an IPv4 address such as 10.0.0.2";

const keyArn = optionalText(
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
  "arn:aws:kms:<region>:<account>:key/<id>, or nothing",
);

/** All keys, in the order of Pulumi.yaml. */
export const siteSchema = v.object({
  base: choice(environments),
  vpcCidr: text,
  availabilityZones: wholeNumber(1, maxZones),
  availabilityZoneNames: v.pipe(
    textList((name) => /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/.test(name), zoneNames),
    v.maxLength(maxZones, zoneNames),
  ),
  existingVpc,
  canal: choice(["soracom", "none"]),
  coverage: choice(["jp", "g"]),
  vpgId: optionalText(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    "a VPG id as SORACOM shows it (a UUID), or nothing",
  ),
  deviceCidr: text,
  dnsServers: textList((address) => parseAddress(address) !== undefined, addressWords),
  simIds: textList((id) => simIdForm.test(id), `${simIdWords}, in quotes`),
  simFile: text,
  simGroupId: optionalText(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    "a group id as SORACOM shows it (a UUID), or nothing",
  ),
  soracomOwner: optionalText(
    ownerForm,
    "an owner id as canal-ftp status --owner lists it, for example canal-ftp/dev/k3j9x2ab4m, or nothing",
  ),
  allowedCidr: text,
  identityProvider: choice(["apiGateway", "lambda"]),
  userStore: choice(["dynamodb", "secretsmanager"]),
  secretName: v.pipe(
    text,
    v.check(
      isSecretName,
      "a secret's name that ends with {user} and may contain {server}, such as SFTP/{user}",
    ),
  ),
  lockoutFailures: wholeNumber(1, million),
  lockoutUserFailures: wholeNumber(1, million),
  lockoutWindowSeconds: wholeNumber(1, 86_400),
  rememberSeconds: wholeNumber(0, 2_592_000),
  scryptLn: wholeNumber(12, 16),
  users,
  bucketName: optionalText(
    // "General purpose bucket naming rules" of the Amazon S3 user guide.
    /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|--x-s3|--table-s3)$)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    "3 to 63 of a-z, 0-9 and -, not at the ends, with none of S3's reserved prefixes and suffixes (xn--, sthree-, amzn-s3-demo-, -s3alias, --ol-s3, --x-s3, --table-s3), or nothing",
  ),
  kmsKeyArn: keyArn,
  tableKmsKeyArn: keyArn,
  oldVersionDays: wholeNumber(1, 3650),
  expireAfterDays: optionalNumber(36_500),
  uploadEvents: flag,
  uploadDelaySeconds: wholeNumber(0, 900),
  uploadLogDays: wholeNumber(1, 3650),
  silentDevicesReport: flag,
  logRetentionDays: oneOf(logRetentionPeriods),
  alarmEmails: textList(
    (address) => address.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address),
    "an e-mail address such as ops@example.com",
  ),
  alarmFailedLogins: wholeNumber(0, million),
  alarmLockouts: wholeNumber(0, million),
  alarmFailingNames: wholeNumber(0, million),
  alarmLoginSeconds: wholeNumber(0, 15),
  alarmServerErrors: wholeNumber(0, million),
  alarmPartialUploads: wholeNumber(0, million),
  alarmQuietHours: wholeNumber(0, maxHours),
  alarmGigabytesPerDay: wholeNumber(0, million),
  dashboard: flag,
  budgetUsd: optionalNumber(million),
  canary: flag,
  canaryMinutes: wholeNumber(1, maxCanaryMinutes),
  // Many devices' fields hold 32 characters.
  deviceName: optionalText(
    /^(?=.{1,32}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?){2,}$/,
    "a name of 32 characters at most and three parts at least, such as ftp.plant.internal, or nothing",
  ),
});

/** The values of all keys. */
export type SiteValues = v.InferOutput<typeof siteSchema>;

/** An existing VPC as configured. */
export type ExistingVpcConfig = NonNullable<SiteValues["existingVpc"]>;

/** The names of all keys. */
export const keys = Object.keys(siteSchema.entries) as readonly (keyof SiteValues)[];
