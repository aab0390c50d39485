import { mappingsOf } from "../functions";
import { all, count, type Item, type PricedSite } from "../item";
import { DAYS, filesOf } from "../usage";

const BUCKET = "aws:s3/bucket:Bucket";
const ENCRYPTION =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

/** Requests of a file beside its own write: its folder, its head before and after, its list. */
const READS_PER_FILE = 3;

/** What the function that takes events of uploads writes for a file (tags, row, mark), and reads of it. */
const WRITES_PER_EVENT = 3;
const READS_PER_EVENT = 4;

/** Lambda asks a queue with five long polls of 20 seconds at least. */
const POLLS_PER_MONTH = DAYS * 5 * 3 * 60 * 24;

/** A message is sent, received and deleted. */
const REQUESTS_PER_MESSAGE = 3;

/** A data key to write, and one to read. */
const KEYS_PER_FILE = 2;

function usesKey({ stack }: PricedSite): boolean {
  return JSON.stringify(all(stack, ENCRYPTION).map(({ outputs }) => outputs.rules)).includes(
    "aws:kms",
  );
}

/** Thousands of requests to S3: those of each file, and those more where its event is taken. */
function requests(site: PricedSite, perFile: number, perEvent: number): number {
  if (count(site, BUCKET) === 0) return 0;
  const hasEvents = mappingsOf(site.stack.resources).length > 0;
  return (filesOf(site.usage) * (perFile + (hasEvents ? perEvent : 0))) / 1000;
}

/** Files, and what follows from them. */
export const fileItems: readonly Item[] = [
  {
    name: "S3, storage",
    types: [BUCKET],
    price: "s3.gbMonth",
    formula: "GB stored, old versions included",
    units: (site) => (count(site, BUCKET) > 0 ? site.usage.storedGb : 0),
  },
  {
    name: "S3, writes",
    types: [BUCKET],
    price: "s3.putThousand",
    formula: "(files + 3 x files where a queue feeds a function: tags, row, mark) / 1000",
    units: (site) => requests(site, 1, WRITES_PER_EVENT),
  },
  {
    name: "S3, reads",
    types: [BUCKET],
    price: "s3.getThousand",
    formula: "(3 x files + 4 x files where a queue feeds a function) / 1000",
    units: (site) => requests(site, READS_PER_FILE, READS_PER_EVENT),
  },
  {
    name: "KMS, requests",
    types: [ENCRYPTION],
    price: "kms.tenThousand",
    formula: "2 x files / 10^4, with kmsKeyArn; a bucket key makes them fewer",
    units: (site) => (usesKey(site) ? (KEYS_PER_FILE * filesOf(site.usage)) / 1e4 : 0),
  },
  {
    name: "KMS, key",
    types: ["aws:kms/key:Key"],
    price: "kms.key",
    formula: "keys that the stack makes",
    units: (site) => count(site, "aws:kms/key:Key"),
  },
  {
    name: "SQS",
    types: ["aws:sqs/queue:Queue"],
    price: "sqs.million",
    formula: "(3 x files + 657,000 x queues that feed a function) / 10^6",
    units: (site) => {
      const fed = mappingsOf(site.stack.resources).length;
      if (count(site, "aws:sqs/queue:Queue") === 0) return 0;
      return (REQUESTS_PER_MESSAGE * filesOf(site.usage) + POLLS_PER_MONTH * fed) / 1e6;
    },
  },
];
