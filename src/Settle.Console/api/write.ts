import { useEffect, useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "./problem";
import { address } from "../app/router";
import { readSession } from "./session";

/**
 * A write has its id before anything is sent. Both stay in this tab's storage until its outcome is
 * known, so that a double click, a lost answer and a reload do it once.
 */
interface Kept<V> {
  id: string;
  values: V;
  isSent: boolean;
}

export type WriteState = "editing" | "sending" | "unknown" | "done";

export interface Write<V> {
  id: string;
  values: V;
  state: WriteState;
  problem: Problem | null;
  set: (changes: Partial<V>) => void;
  submit: () => void;
  forget: () => void;
}

const PauseMax = 8000;
const UnsureAfter = 3;

/** A new id; getRandomValues is there on a page without TLS, too. */
export const newId = (): string =>
  "web-" +
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

function restore<V>(place: string): Kept<V> | null {
  const text = sessionStorage.getItem(place);
  return text ? (JSON.parse(text) as Kept<V>) : null;
}

export function useWrite<V extends object>(
  name: string,
  initial: V,
  send: (values: V, id: string) => Promise<void>,
): Write<V> {
  const place = `settle:${address.value.ledger}:${name}`;
  const kept = useRef<Kept<V> | null>(null);
  kept.current ??= restore<V>(place) ?? { id: newId(), values: initial, isSent: false };
  const [, draw] = useState(0);
  const [state, setState] = useState<WriteState>(kept.current.isSent ? "unknown" : "editing");
  const [problem, setProblem] = useState<Problem | null>(null);
  const isBusy = useRef(false);
  const isGone = useRef(false);

  const keep = (next: Kept<V>) => {
    kept.current = next;
    sessionStorage.setItem(place, JSON.stringify(next));
    draw((n) => n + 1);
  };

  async function run(): Promise<void> {
    if (isBusy.current || !kept.current) return;
    isBusy.current = true;
    const { id, values } = kept.current;
    keep({ id, values, isSent: true });
    let [wait, times] = [500, 0];
    while (!isGone.current) {
      try {
        await send(values, id);
        sessionStorage.removeItem(place);
        setProblem(null);
        setState("done");
        break;
      } catch (thrown) {
        const said = asProblem(thrown);
        setProblem(said);
        if (said.isPassing) {
          // Nothing was decided, or nobody knows: the same id asks again and does it once.
          if (said.isUnknown || ++times >= UnsureAfter) setState("unknown");
          await new Promise((resolve) => setTimeout(resolve, wait));
          wait = Math.min(wait * 2, PauseMax);
          continue;
        }
        if (said.status === 401) {
          // What was sent before may have been decided: the id stays.
          readSession().catch((e: unknown) => console.debug(e));
          keep({ id, values, isSent: false });
        } else keep({ id: newId(), values, isSent: false });
        setState("editing");
        break;
      }
    }
    isBusy.current = false;
  }

  useEffect(() => {
    isGone.current = false;
    if (kept.current?.isSent) void run();
    return () => void (isGone.current = true);
  }, [place]);

  return {
    id: kept.current.id,
    values: kept.current.values,
    state,
    problem,
    set: (changes) => {
      if (state !== "editing" || !kept.current) return;
      keep({ ...kept.current, values: { ...kept.current.values, ...changes } });
    },
    submit: () => {
      if (state !== "editing") return;
      setProblem(null);
      setState("sending");
      void run();
    },
    forget: () => sessionStorage.removeItem(place),
  };
}
