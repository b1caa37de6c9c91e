import { useEffect, useRef, useState } from "preact/hooks";
import { changes } from "./live";
import { asProblem, type Problem } from "./problem";
import { readSession } from "./session";

const BusyPause = 2000;

export interface Loaded<T> {
  data: T | null;
  problem: Problem | null;
  isLoading: boolean;
  reload: () => void;
}

/**
 * Reads something, and again when its key or the ledger changes. What is shown stays until the next
 * answer is there, unless it is of something else.
 */
export function useLoad<T>(key: string, read: () => Promise<T>, isLive = true): Loaded<T> {
  const [state, set] = useState<{ key: string; data: T | null; problem: Problem | null } | null>(
    null,
  );
  const [asked, askAgain] = useState(0);
  const latest = useRef(read);
  latest.current = read;
  const wanted = useRef<string | null>(null);
  const reading = useRef<string | null>(null);
  const isOld = useRef(false);
  const news = isLive ? changes.value : 0;

  // One reading at a time: what is new meanwhile is read after it, so a busy ledger is shown, too.
  function readNow(): void {
    const mine = wanted.current;
    if (mine === null) return;
    if (reading.current === mine) {
      isOld.current = true;
      return;
    }
    reading.current = mine;
    isOld.current = false;
    latest
      .current()
      .then(
        (data) => {
          if (wanted.current === mine) set({ key: mine, data, problem: null });
        },
        (thrown: unknown) => {
          if (wanted.current === mine) fail(mine, asProblem(thrown));
        },
      )
      .finally(() => {
        if (reading.current === mine) reading.current = null;
        if (wanted.current === mine && isOld.current) readNow();
      });
  }

  function fail(mine: string, problem: Problem): void {
    if (problem.status === 401) readSession().catch((e: unknown) => console.debug(e));
    set((before) => {
      const data = before?.key === mine ? before.data : null;
      // A server that is busy for a moment is asked again; what is shown stays true meanwhile.
      const isHidden = data !== null && problem.isPassing && problem.status !== 0;
      if (isHidden) setTimeout(() => askAgain((n) => n + 1), BusyPause);
      return { key: mine, data, problem: isHidden ? null : problem };
    });
  }

  useEffect(() => {
    wanted.current = key;
    readNow();
  }, [key, asked, news]);
  useEffect(() => () => void (wanted.current = null), []);
  const mine = state?.key === key ? state : null;
  return {
    data: mine?.data ?? null,
    problem: mine?.problem ?? null,
    isLoading: mine === null,
    reload: () => askAgain((n) => n + 1),
  };
}
