import { XMLParser } from "fast-xml-parser";

/** An element's text, its children by name, or a list for a repeatable element. */
export type XmlNode = {
  readonly [name: string]: XmlNode | string | readonly XmlNode[] | undefined;
};

const repeated = new Set(["Contents", "CommonPrefixes"]);

const parser = new XMLParser({
  // A key or a continuation token can look like a number, and can start with a space.
  parseTagValue: false,
  trimValues: false,
  // Numeric references, such as &#34; around an ETag.
  htmlEntities: true,
  isArray: (name) => repeated.has(name),
});

/** The root element of an S3 response; empty when the text is not XML. */
export function parseAnswer(text: string): XmlNode {
  const document = parser.parse(text) as XmlNode;
  const root = Object.entries(document).find(([name]) => !name.startsWith("?"))?.[1];
  return isNode(root) ? root : {};
}

/** Text of a child element; empty when there is none. */
export function textOf(node: XmlNode, child: string): string {
  const text = node[child];
  return typeof text === "string" ? text : "";
}

/** Child elements of one name. */
export function nodesOf(node: XmlNode, child: "Contents" | "CommonPrefixes"): readonly XmlNode[] {
  const nodes = node[child];
  return Array.isArray(nodes) ? (nodes as readonly XmlNode[]).filter(isNode) : [];
}

function isNode(value: XmlNode[string]): value is XmlNode {
  return typeof value === "object" && !Array.isArray(value);
}
