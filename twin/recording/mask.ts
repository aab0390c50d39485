/** A reply without addresses, ports, times and generated numbers, which differ between servers and runs. */
export function maskReply(text: string): string {
  return text
    .replace(/\(\d+,\d+,\d+,\d+,\d+,\d+\)/g, "(ADDRESS,PORT)")
    .replace(/\(\|\|\|\d+\|\)/g, "(|||PORT|)")
    .replace(/\d+\.\d+\.\d+\.\d+/g, "ADDRESS")
    .replace(/\d{14}(\.\d+)?/g, (found) => (found.startsWith("20200102") ? found : "TIME"))
    .replace(/[A-Z][a-z]{2} [ \d]\d (\d\d:\d\d| \d{4})/g, "TIME")
    .replace(/\.\d{13}\b/g, ".MILLISECONDS");
}
