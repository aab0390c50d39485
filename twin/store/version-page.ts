import type { ObjectVersion } from "./object-store";

/**
 * An answer of ListObjectVersions, with keys as `encoding-type=url` asks for. Times are cut to the second, as S3's are.
 *
 * @param all - By key, the newest first.
 * @param parameters - Of the request: `prefix`, `max-keys` and the markers of the previous page.
 */
export function versionPage(all: readonly ObjectVersion[], parameters: URLSearchParams): string {
  const [keyMarker, idMarker] = ["key-marker", "version-id-marker"].map((n) => parameters.get(n));
  const last = all.findIndex(({ key, id }) => key === keyMarker && id === idMarker);
  const count = Number(parameters.get("max-keys") ?? 1000);
  const page = all.slice(last + 1, last + 1 + count);
  const isTruncated = last + 1 + count < all.length;
  const isLatest = ({ key }: ObjectVersion, index: number) => all[last + index]?.key !== key;
  const entries = page.map((version, index) => entry(version, isLatest(version, index)));
  const { key = "", id = "" } = page.at(-1) ?? {};
  const next = isTruncated
    ? `<NextKeyMarker>${encoded(key)}</NextKeyMarker><NextVersionIdMarker>${id}</NextVersionIdMarker>`
    : "";
  const prefix = `<Prefix>${encoded(parameters.get("prefix") ?? "")}</Prefix>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<ListVersionsResult>${prefix}<EncodingType>url</EncodingType><MaxKeys>${count}</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>${next}${entries.join("")}</ListVersionsResult>`;
}

function entry(version: ObjectVersion, isLatest: boolean): string {
  const { key, id, modified, isMarker, etag, size } = version;
  const element = isMarker ? "DeleteMarker" : "Version";
  const time = `${modified.toISOString().slice(0, 19)}.000Z`;
  const content = isMarker
    ? ""
    : `<ETag>&quot;${etag}&quot;</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass>`;
  return `<${element}><Key>${encoded(key)}</Key><VersionId>${id}</VersionId><IsLatest>${isLatest}</IsLatest><LastModified>${time}</LastModified>${content}</${element}>`;
}

/** As S3 encodes keys in answers: a slash stays, a space is "+". */
const encoded = (key: string) =>
  encodeURIComponent(key).replaceAll("%2F", "/").replaceAll("%20", "+");
