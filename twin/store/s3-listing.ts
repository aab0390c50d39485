import type { ObjectInfo } from "./object-store";
import type { S3Client } from "./s3-client";
import { nodesOf, parseAnswer, textOf } from "./s3-xml";

/**
 * The entries directly below a prefix, page by page, without the prefix's own object: first the folders of a page, then
 * its objects. Keys are requested URL-encoded, so that no character of a name is read as XML.
 */
export async function* listPrefix(client: S3Client, prefix: string): AsyncGenerator<ObjectInfo> {
  let token: string | undefined;
  do {
    const response = await client.send({
      method: "GET",
      query: {
        "list-type": "2",
        delimiter: "/",
        "encoding-type": "url",
        prefix,
        ...(token === undefined ? {} : { "continuation-token": token }),
      },
    });
    const page = parseAnswer(await response.text());
    for (const folder of nodesOf(page, "CommonPrefixes")) {
      yield { key: decode(textOf(folder, "Prefix")), size: 0, modified: new Date() };
    }
    for (const object of nodesOf(page, "Contents")) {
      const key = decode(textOf(object, "Key"));
      if (key !== prefix) {
        const modified = new Date(textOf(object, "LastModified"));
        yield { key, size: Number(textOf(object, "Size")), modified };
      }
    }
    token = textOf(page, "NextContinuationToken") || undefined;
  } while (token !== undefined);
}

/** Decodes a key of `encoding-type=url`. */
function decode(key: string): string {
  return decodeURIComponent(key.replaceAll("+", " "));
}
