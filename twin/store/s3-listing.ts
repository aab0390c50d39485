import type { ObjectInfo } from "./object-store";
import type { S3Client } from "./s3-client";

/**
 * What is directly below a prefix, page by page, the prefix's own object left out: folders of a page, then its
 * objects. Keys come URL-encoded, so that no character of a name can be mistaken for XML.
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
    const page = await response.text();
    for (const [, folder] of page.matchAll(
      /<CommonPrefixes>\s*<Prefix>([^<]*)<\/Prefix>\s*<\/CommonPrefixes>/g,
    )) {
      yield { key: decode(folder), size: 0, modified: new Date() };
    }
    for (const [, object] of page.matchAll(/<Contents>([^]*?)<\/Contents>/g)) {
      const key = decode(valueOf(object, "Key"));
      if (key !== prefix) {
        const modified = new Date(valueOf(object, "LastModified"));
        yield { key, size: Number(valueOf(object, "Size")), modified };
      }
    }
    token = unescapeXml(valueOf(page, "NextContinuationToken")) || undefined;
  } while (token !== undefined);
}

function valueOf(xml: string, element: string): string {
  return new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1] ?? "";
}

function decode(key: string): string {
  return decodeURIComponent(unescapeXml(key).replaceAll("+", " "));
}

function unescapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    apos: "'",
  };
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name]);
}
