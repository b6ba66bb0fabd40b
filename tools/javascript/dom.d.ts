// The pages hold HTML only (SVG is drawn by the server and not touched by scripts), so what a selector finds is an
// HTML element. The library of TypeScript says `Element`, which has no `dataset`, `hidden` or `focus`.

interface ParentNode {
  querySelector<E extends HTMLElement = HTMLElement>(selectors: string): E | null;
  querySelectorAll<E extends HTMLElement = HTMLElement>(selectors: string): NodeListOf<E>;
}

interface Element {
  closest<E extends HTMLElement = HTMLElement>(selectors: string): E | null;
}

/** One frame of the live screens (`/s/{session}/live/...`). */
interface Frame {
  /** the number of the last entry it shows */
  seq: number;
  /** its own number: what changed since can be asked for */
  number: number;
  /** the server's time, ms since 1970 */
  at: number;
  /** the number of the last entry after which the page has to be fetched again */
  page: number;
  /** HTML or text by the id of the region */
  html: Record<string, string>;
}

interface DocumentEventMap {
  frame: CustomEvent<Frame>;
  /** the page is being fetched again */
  renewing: CustomEvent<null>;
  /** the page was fetched again: as the server has it, and the elements that are new on this one */
  renewed: CustomEvent<{ page: Document, added: Element[] }>;
  /** a frame of captions brings these lines */
  lines: CustomEvent<string[]>;
  /** The person whose stream this is, "-" for nobody. */
  reader: CustomEvent<string>;
}
