import { signal } from "@preact/signals";
import { isSignedOut, readSession } from "./session";

/** How the page hears of what is new. */
export type LiveState = "connecting" | "live" | "away";

const PauseMax = 5000;
const BetweenChanges = 700;

export const live = signal<LiveState>("connecting");

/** Counts up when something was settled, at most every 700 ms. */
export const changes = signal(0);

let following: AbortController | null = null;
let waiting = 0;

function changed(): void {
  if (waiting) return;
  waiting = window.setTimeout(() => {
    waiting = 0;
    changes.value++;
  }, BetweenChanges);
}

const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

/** Follows a ledger until another one is followed. An event says only that there is news. */
export async function follow(ledger: string, height: number): Promise<void> {
  following?.abort();
  const mine = (following = new AbortController());
  let wait = 250;
  let after = String(height);
  live.value = "connecting";
  while (!mine.signal.aborted) {
    try {
      const name = encodeURIComponent(ledger);
      const response = await fetch(
        `./v1/ledgers/${name}/events?after=${encodeURIComponent(after)}`,
        { signal: mine.signal },
      );
      if (response.ok && response.body) {
        if (live.value === "away") changed();
        live.value = "live";
        wait = 250;
        after = await readEvents(response.body, after);
      } else if (response.status === 409) {
        // The ledger was put back from an older copy: begin again with what it has.
        after = "0";
      } else if (response.status === 401) {
        await readSession();
        if (isSignedOut()) return;
      }
    } catch (e) {
      if (mine.signal.aborted) return;
      console.debug(e);
    }
    if (mine.signal.aborted) return;
    live.value = "away";
    await pause(wait);
    wait = Math.min(wait * 2, PauseMax);
  }
}

async function readEvents(body: ReadableStream<Uint8Array>, after: string): Promise<string> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let [rest, last] = ["", after];
  while (true) {
    const { done, value } = await reader.read();
    if (done) return last;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    const id = lines.findLast((line) => line.startsWith("id: "));
    if (!id) continue;
    last = id.slice(4);
    changed();
  }
}
