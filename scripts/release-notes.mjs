/**
 * Prints the section of CHANGELOG.md for a release.
 *
 *     node scripts/release-notes.mjs v1.2.3
 *
 * Exits with 1 when the tag is not the version of package.json, or the version has no section.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The text below a version's heading, up to the next version.
 *
 * @param changelog - Text in the form of Keep a Changelog.
 * @param version - For example `1.2.3`.
 * @returns undefined when the version has no section, or an empty one
 */
export function sectionOf(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.startsWith(`[${version}]`));
  return section?.slice(section.indexOf("\n")).trim() || undefined;
}

function main([tag]) {
  const root = new URL("../", import.meta.url);
  const { version } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
  if (tag !== `v${version}`) {
    return fail(
      `Tag ${tag ?? "(none)"} given; package.json has version ${version}: tag v${version}.`,
    );
  }
  const section = sectionOf(readFileSync(new URL("CHANGELOG.md", root), "utf8"), version);
  if (section === undefined) {
    return fail(`CHANGELOG.md has no section "## [${version}] - date": rename "Unreleased" to it.`);
  }
  process.stdout.write(`${section}\n`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
