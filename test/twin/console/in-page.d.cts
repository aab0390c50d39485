export interface Layout {
  readonly texts: number;
  readonly outside: readonly string[];
}
export function layout(): Layout & { readonly wider: number; readonly back: string };
export function fileLayout(): Layout & { readonly fill: string };
export function focused(): { id: string; session?: string; pressed: string | null };
export function settled(count: number): boolean;
export function insertMarkup(): string;
export function reachFor(url: string): Promise<readonly string[]>;
export function clickAndDraw(position: number): Promise<string | undefined>;
export function countNodes(): number;
