import { signal } from "@preact/signals";
import { api, ask, type Schemas } from "../api/client";
import { follow } from "../api/live";
import { readSession, isSignedOut } from "../api/session";
import { asProblem, type Problem } from "../api/problem";
import { ownAsset, scales } from "../parts/money";
import { address, go, hrefOf } from "./router";

/** The ledgers that this person may see; null until they are known. */
export const ledgers = signal<string[] | null>(null);
export const info = signal<Schemas["LedgerInfo"] | null>(null);
export const startProblem = signal<Problem | null>(null);

const Again = 2000;

/** Asks who asks and what there is; again by itself while there is nothing. */
export async function start(): Promise<void> {
  try {
    await readSession();
    startProblem.value = null;
    if (isSignedOut()) return;
    const page = await ask(api.GET("/v1/ledgers"));
    const names = page.items.map((ledger) => ledger.name);
    ledgers.value = names;
    const first = names[0];
    if (!first) {
      setTimeout(() => void start(), Again);
      return;
    }
    const wanted = address.value.ledger;
    if (!wanted || !names.includes(wanted)) go(hrefOf(first, []), true);
    else if (!location.hash.startsWith("#/")) go(hrefOf(wanted, address.value.path), true);
  } catch (e) {
    startProblem.value = asProblem(e);
    if (asProblem(e).status === 0) setTimeout(() => void start(), Again);
  }
}

/** Reads what every screen needs to know of a ledger. */
export async function readInfo(ledger: string): Promise<void> {
  const read = await ask(api.GET("/v1/ledgers/{ledger}", { params: { path: { ledger } } }));
  if (address.value.ledger !== ledger) return;
  scales.value = new Map(read.assets.map((asset) => [asset.code, asset.scale]));
  ownAsset.value = read.asset;
  info.value = read;
}

/** Shows a ledger, and follows what happens in it. */
export async function open(ledger: string): Promise<void> {
  try {
    await readInfo(ledger);
    startProblem.value = null;
    void follow(ledger, info.value?.height ?? 0);
  } catch (e) {
    startProblem.value = asProblem(e);
  }
}
