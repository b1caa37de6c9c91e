import { signal } from "@preact/signals";

/** What the address says is shown: `#/bank/accounts/Alex?view=t`. */
export interface Address {
  ledger: string | null;
  path: string[];
  query: URLSearchParams;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function parse(hash: string): Address {
  const [way = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const parts = way
    .split("/")
    .filter((part) => part !== "")
    .map(decode);
  const [ledger = null, ...path] = parts;
  // Addresses of an older page: #bank/Alex.
  if (ledger && hash && !hash.startsWith("#/") && path.length === 1) path.unshift("accounts");
  return { ledger, path, query: new URLSearchParams(query) };
}

export const address = signal(parse(location.hash));

export type Query = Record<string, string | null | undefined>;

/** The address of a page of a ledger. */
export function hrefOf(ledger: string, path: string[], query: Query = {}): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) given.set(name, value);
  const text = given.toString();
  return `#/${[ledger, ...path].map(encodeURIComponent).join("/")}${text ? `?${text}` : ""}`;
}

/** The address of a page of the ledger that is shown. */
export const to = (path: string[], query: Query = {}): string =>
  hrefOf(address.value.ledger ?? "", path, query);

/** This page with some of its filters changed; another filter begins at the first page. */
export function withQuery(changes: Query): string {
  const all: Query = Object.fromEntries(address.value.query);
  if (!("after" in changes) && !("do" in changes)) delete all.after;
  return to(address.value.path, { ...all, ...changes });
}

export const param = (name: string): string => address.value.query.get(name) ?? "";

let shown = location.hash;

export function go(href: string, replace = false): void {
  if (replace) history.replaceState(null, "", href);
  else history.pushState(null, "", href);
  shown = location.hash;
  address.value = parse(shown);
}

// Both come when a person follows a link or goes back; the second changes nothing.
function follow(): void {
  if (location.hash === shown) return;
  shown = location.hash;
  address.value = parse(shown);
}
addEventListener("popstate", follow);
addEventListener("hashchange", follow);
