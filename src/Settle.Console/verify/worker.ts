import { ChainCheck, type Fault, type Head } from "./chain";
import type { Block } from "./canonical";

export interface Order {
  /** The address of the ledger's blocks. */
  address: string;
  height: number;
  noted: Head | null;
  tampered: number | null;
}

export interface Report {
  height: number;
  hash: string;
  entries: number;
  bytes: number;
  fault: Fault | null;
  problem: string | null;
  isDone: boolean;
}

const BytesAtOnce = 4_000_000;
const BlocksMax = 1000;
const TriesMax = 5;

async function fetchPage(address: string): Promise<string> {
  for (let tries = 1; ; tries++) {
    const response = await fetch(address).catch((e: unknown) => String(e));
    if (typeof response !== "string" && response.ok) return await response.text();
    const said =
      typeof response === "string" ? response : `${response.status} ${await response.text()}`;
    const isPassing =
      typeof response === "string" || response.status === 429 || response.status >= 500;
    if (!isPassing || tries === TriesMax) throw new Error(said);
    await new Promise((resolve) => setTimeout(resolve, 500 * tries));
  }
}

async function verify({ address, height, noted, tampered }: Order): Promise<void> {
  const chain = new ChainCheck(noted, tampered);
  let [bytes, limit] = [0, 4];
  const tell = (fault: Fault | null, isDone: boolean, problem: string | null = null) =>
    postMessage({
      height: chain.height,
      hash: chain.hash,
      entries: chain.entries,
      bytes,
      fault,
      problem,
      isDone,
    } satisfies Report);
  try {
    while (chain.height < height) {
      const text = await fetchPage(`${address}?from=${chain.height + 1}&limit=${limit}`);
      bytes += text.length;
      const { items } = JSON.parse(text) as { items: Block[] };
      if (items.length === 0) break;
      for (const block of items) {
        const fault = await chain.add(block);
        if (fault) {
          tell(fault, true);
          return;
        }
      }
      // Pages of about the same size, whether blocks are small or large.
      limit = Math.max(
        1,
        Math.min(BlocksMax, Math.floor((BytesAtOnce * items.length) / text.length)),
      );
      tell(null, false);
    }
    tell(chain.end(height), true);
  } catch (e) {
    tell(null, true, e instanceof Error ? e.message : String(e));
  }
}

onmessage = (event: MessageEvent<Order>) => void verify(event.data);
