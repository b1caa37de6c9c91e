import { bodyOf, sha256, type Block } from "./canonical";

/** What is wrong with a chain, and where. */
export interface Fault {
  height: number;
  kind: "hash" | "link" | "missing" | "time" | "cut" | "head";
  expected?: string;
  found?: string;
}

export interface Head {
  height: number;
  hash: string;
}

const First = "0".repeat(64);

/** Follows the links of a chain, block by block, and stops at the first fault. */
export class ChainCheck {
  #height = 0;
  #hash = First;
  #time = "";
  #entries = 0;

  constructor(
    private readonly noted: Head | null,
    private readonly tampered: number | null,
  ) {}

  get height(): number {
    return this.#height;
  }

  get hash(): string {
    return this.#hash;
  }

  get entries(): number {
    return this.#entries;
  }

  async add(block: Block): Promise<Fault | null> {
    const height = this.#height + 1;
    if (block.height !== height) return { height, kind: "missing", found: String(block.height) };
    let body = bodyOf(block);
    if (height === this.tampered) body = oneByteElse(body);
    const hash = await sha256(body);
    if (hash !== block.hash) return { height, kind: "hash", expected: block.hash, found: hash };
    if (block.prev !== this.#hash) {
      return { height, kind: "link", expected: this.#hash, found: block.prev };
    }
    if (block.time < this.#time) {
      return { height, kind: "time", expected: this.#time, found: block.time };
    }
    if (this.noted?.height === height && this.noted.hash !== hash) {
      return { height, kind: "head", expected: this.noted.hash, found: hash };
    }
    this.#height = height;
    this.#hash = hash;
    this.#time = block.time;
    this.#entries += block.entries.length;
    return null;
  }

  /** What can only be seen at the end: that there was more. */
  end(promised: number): Fault | null {
    const atLeast = Math.max(promised, this.noted?.height ?? 0);
    return atLeast > this.#height
      ? { height: this.#height + 1, kind: "cut", expected: String(atLeast) }
      : null;
  }
}

/** Another digit in the middle of a block. */
function oneByteElse(body: string): string {
  const middle = Math.floor(body.length / 2);
  const at = middle + Math.max(0, body.slice(middle).search(/\d/));
  return body.slice(0, at) + (body[at] === "7" ? "8" : "7") + body.slice(at + 1);
}
