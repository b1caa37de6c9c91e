import { useEffect, useState } from "preact/hooks";
import { api, ask, here } from "../api/client";

const Pause = 200;
const Shown = 12;

/** Names of accounts that begin like what is typed. */
export function useAccountNames(prefix: string): string[] {
  const [names, set] = useState<string[]>([]);
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(() => {
      ask(
        api.GET("/v1/ledgers/{ledger}/balances", {
          params: {
            path: here(),
            query: { limit: Shown, ...(prefix ? { prefix } : {}) },
          },
        }),
      ).then(
        (page) => !isOld && set([...new Set(page.items.map((each) => each.account))]),
        (e: unknown) => console.debug(e),
      );
    }, Pause);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [prefix]);
  return names;
}

/** All customers, as far as a choice shows them. */
export function useCustomers(): string[] {
  const [names, set] = useState<string[]>([]);
  useEffect(() => {
    ask(
      api.GET("/v1/ledgers/{ledger}/customers", {
        params: { path: here(), query: { limit: 1000 } },
      }),
    ).then(
      (page) => set(page.items.map((each) => each.customer)),
      (e: unknown) => console.debug(e),
    );
  }, []);
  return names;
}
