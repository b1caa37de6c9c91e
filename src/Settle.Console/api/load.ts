import { useEffect, useRef, useState } from "preact/hooks";
import { changes } from "./live";
import { asProblem, type Problem } from "./problem";
import { readSession } from "./session";

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
  const turn = useRef(0);
  const news = isLive ? changes.value : 0;
  useEffect(() => {
    const mine = ++turn.current;
    read().then(
      (data) => mine === turn.current && set({ key, data, problem: null }),
      (thrown: unknown) => {
        if (mine !== turn.current) return;
        const problem = asProblem(thrown);
        if (problem.status === 401) readSession().catch((e: unknown) => console.debug(e));
        set((before) => ({ key, data: before?.key === key ? before.data : null, problem }));
      },
    );
    return () => void turn.current++;
  }, [key, asked, news]);
  const mine = state?.key === key ? state : null;
  return {
    data: mine?.data ?? null,
    problem: mine?.problem ?? null,
    isLoading: mine === null,
    reload: () => askAgain((n) => n + 1),
  };
}
