import { api, ask, here, type Schemas } from "../api/client";
import { t, word } from "../texts/texts";
import { to } from "./router";

type Item = Schemas["SearchItem"];

export interface Found {
  kind: string;
  name: string;
  href: string;
  more?: string;
}

const Limit = 6;

/** Where what was found is shown. */
function hrefOf({ type, id, kind }: Item): string {
  switch (type) {
    case "account":
      return to(["accounts", id]);
    case "customer":
      return to(["customers", id]);
    case "invoice":
      return to(["invoices", id]);
    case "quote":
      return to(["quotes"]);
    case "reminder":
      return to(["reminders"]);
    default:
      return to([kind === "transfer" ? "transfers" : "entries", id]);
  }
}

/** What the ledger has by a name, an id, a number, or words of a memo. */
export async function find(text: string): Promise<Found[]> {
  const result = await ask(
    api.GET("/v1/ledgers/{ledger}/search", {
      params: { path: here(), query: { q: text, limit: Limit } },
    }),
  );
  return result.items.map((item) => ({
    kind:
      item.type === "entry"
        ? word(item.kind ?? "entry")
        : (t()[item.type as "account"] ?? word(item.type)),
    name: item.id,
    href: hrefOf(item),
    more: item.text ?? "",
  }));
}
