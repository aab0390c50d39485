import { Language, languages } from "../picture/texts";

/** The supported language that the browser prefers most, else English. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((item) => {
      const [tag, ...parameters] = item.trim().toLowerCase().split(";");
      const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
      return { language: tag.split("-")[0], quality: Number(quality ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  const found = wanted.find(({ language }) => languages.includes(language as Language));
  return (found?.language as Language | undefined) ?? "en";
}
