import { api, ask, here, type Schemas } from "../api/client";
import { param } from "../app/router";
import { Badge } from "../parts/badge";
import { DaysFilter, SearchFilter, SelectFilter } from "../parts/filters";
import { day } from "../parts/format";
import { AccountLink, BlockLink, TransferLink } from "../parts/links";
import { List } from "../parts/list";
import { decimalOf, Money, ownAsset, scaleOf } from "../parts/money";
import { DoLink, Page } from "../parts/page";
import type { Column } from "../parts/table";
import { t, word } from "../texts/texts";
import { dayQuery } from "./accountEntries";
import { NewTransfer } from "./newTransfer";

type Transfer = Schemas["Transfer"];

/** What has become of a transfer since. */
export const laterOf = (transfer: Transfer): string =>
  [
    transfer.hold ? t().ofHold(transfer.hold) : "",
    transfer.reverts ? t().revertsOther(transfer.reverts) : "",
    transfer.reverted_by?.length
      ? t().revertedBy(transfer.reverted_by.join(", "))
      : transfer.reverted
        ? t().movedBack
        : "",
  ]
    .filter(Boolean)
    .join(" · ");

export const transferColumns = (): Column<Transfer>[] => [
  {
    title: t().fromTo,
    csv: (each) => each.from,
    show: (each) => (
      <>
        <AccountLink name={each.from} /> <span aria-hidden="true">→</span>
        <span class="hidden">{t().toWord}</span> <AccountLink name={each.to} />
        {each.memo ? (
          <span class="small">
            <bdi>{each.memo}</bdi>
          </span>
        ) : null}
        {laterOf(each) ? (
          <span class="small">
            <bdi>{laterOf(each)}</bdi>
          </span>
        ) : null}
      </>
    ),
  },
  { title: t().to, csv: (each) => each.to },
  { title: t().memo, csv: (each) => each.memo },
  {
    title: t().words.id,
    csv: (each) => each.id,
    isRoomy: true,
    show: (each) => <TransferLink name={each.id} />,
  },
  {
    title: t().amount,
    isNumber: true,
    csv: (each) => decimalOf(each.amount, scaleOf(each.asset || ownAsset.value)),
    show: (each) => <Money minor={each.amount} asset={each.asset} />,
  },
  {
    title: t().status,
    csv: (each) => each.status,
    show: (each) =>
      each.status === "successful" ? (
        <Badge code="successful" />
      ) : (
        <Badge code="rejected" text={word(each.reason ?? "rejected")} />
      ),
  },
  {
    title: t().valueDate,
    isRoomy: true,
    csv: (each) => String(each.timestamp ?? "").slice(0, 10),
    show: (each) => (each.timestamp ? day(String(each.timestamp)) : ""),
  },
  {
    title: t().block,
    isNumber: true,
    isRoomy: true,
    csv: (each) => each.block,
    show: (each) => <BlockLink height={each.block} />,
  },
];

export function TransfersScreen() {
  const filter = () => ({
    ...(param("account") ? { account: param("account") } : {}),
    ...(param("status") ? { status: param("status") } : {}),
    ...dayQuery(),
  });
  return (
    <Page
      title={t().transfers}
      actions={
        <DoLink role="teller" sheet="new" isMain>
          {t().newTransfer}
        </DoLink>
      }
    >
      <List
        name="transfers"
        title={t().transfers}
        columns={transferColumns()}
        keyOf={(each) => each.id}
        empty={t().noTransfers}
        filters={
          <>
            <SearchFilter name="account" label={t().account} />
            <SelectFilter
              name="status"
              label={t().status}
              options={[
                ["", t().all],
                ["successful", word("successful")],
                ["rejected", word("rejected")],
              ]}
            />
            <DaysFilter />
          </>
        }
        read={(limit, after) =>
          ask(
            api.GET("/v1/ledgers/{ledger}/transfers", {
              params: {
                path: here(),
                query: { limit, ...(after ? { after } : {}), ...filter() },
              },
            }),
          )
        }
      />
      <NewTransfer />
    </Page>
  );
}
