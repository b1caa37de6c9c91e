type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Canonical JSON by RFC 8785: no white space, members in the order of their UTF-16 units. */
export function canonical(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`);
  return `{${members.join(",")}}`;
}

export interface Block {
  _id?: string;
  _rev?: string;
  hash: string;
  height: number;
  prev: string;
  time: string;
  entries: Json[];
  [name: string]: Json | undefined;
}

/** What a block's hash is made over: the block without its id and its hash. */
export function bodyOf(block: Block): string {
  const body = { ...block } as { [name: string]: Json };
  for (const name of ["_id", "_rev", "hash"]) delete body[name];
  return canonical(body);
}

export async function sha256(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
