import { accessItems } from "./items/access";
import { fileItems } from "./items/files";
import { loginItems } from "./items/logins";
import { operationItems } from "./items/operations";
import type { Item } from "./item";

/** Everything that is billed, in the order of docs/costs.md. */
export const items: readonly Item[] = [
  ...accessItems,
  ...loginItems,
  ...fileItems,
  ...operationItems,
];
