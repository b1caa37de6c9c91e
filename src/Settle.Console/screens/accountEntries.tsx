import type { ComponentChildren } from "preact";
import { api, ask, here, type Schemas } from "../api/client";
import { param } from "../app/router";
import { day, moment } from "../parts/format";
import { AccountLink, BlockLink, EntryLink } from "../parts/links";
import { List } from "../parts/list";
import { decimalOf, Money, ownAsset, scaleOf } from "../parts/money";
import type { Column } from "../parts/table";
import { t, word } from "../texts/texts";

export type AccountEntry = Schemas["AccountEntry"];

/** The moment that it counts for: its own, or the day of it. */
export const valueDay = (entry: AccountEntry): string =>
  String(entry.timestamp ?? entry.date ?? entry.time).slice(0, 10);

/** Filters by value date, as the address has them. */
export const dayQuery = () => ({
  ...(param("from") ? { on_from: param("from") } : {}),
  ...(param("to") ? { on_to: param("to") } : {}),
});

const plain = (minor: number, asset: string | null | undefined): string =>
  decimalOf(minor, scaleOf(asset || ownAsset.value));

const columns = (): Column<AccountEntry>[] => [
  {
    title: t().valueDate,
    csv: valueDay,
    show: (entry) => (
      <>
        {day(valueDay(entry))}
        <span class="small" title={moment(String(entry.time))}>
          {word(entry.type)}
        </span>
      </>
    ),
  },
  {
    title: t().with,
    csv: (entry) => entry.counterparty,
    show: (entry) => (
      <>
        {entry.counterparty ? (
          <AccountLink name={entry.counterparty} />
        ) : (
          <span class="soft">{t().several}</span>
        )}
        {entry.memo ? (
          <span class="small">
            <bdi>{entry.memo}</bdi>
          </span>
        ) : null}
      </>
    ),
  },
  { title: t().memo, csv: (entry) => entry.memo },
  {
    title: t().words.id,
    csv: (entry) => entry.id,
    isRoomy: true,
    show: (entry) => <EntryLink name={entry.id} />,
  },
  {
    title: t().amount,
    isNumber: true,
    csv: (entry) => plain(entry.amount, entry.asset),
    show: (entry) => <Money minor={entry.amount} asset={entry.asset} />,
  },
  {
    title: t().balance,
    isNumber: true,
    csv: (entry) => plain(entry.balance, entry.asset),
    show: (entry) => <Money minor={entry.balance} asset={entry.asset} isBare />,
  },
  {
    title: t().block,
    isNumber: true,
    isRoomy: true,
    csv: (entry) => entry.block,
    show: (entry) => <BlockLink height={entry.block} />,
  },
];

/** An account's movements, newest first. */
export function AccountEntries({ name, filters }: { name: string; filters: ComponentChildren }) {
  return (
    <List
      name={`entries-${name}`}
      title={t().movements}
      columns={columns()}
      filters={filters}
      keyOf={(entry) => `${entry.block} ${entry.id} ${entry.asset}`}
      empty={t().noMovements}
      read={(limit, after) =>
        ask(
          api.GET("/v1/ledgers/{ledger}/accounts/{account}/entries", {
            params: {
              path: { ...here(), account: name },
              query: { limit, ...(after ? { after } : {}), ...dayQuery() },
            },
          }),
        )
      }
    />
  );
}
