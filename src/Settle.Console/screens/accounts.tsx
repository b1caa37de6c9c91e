import { api, ask, here, type Schemas } from "../api/client";
import { go, param, to } from "../app/router";
import { Badge } from "../parts/badge";
import { SearchFilter, SelectFilter } from "../parts/filters";
import { AccountLink } from "../parts/links";
import { List, type Page as Rows } from "../parts/list";
import { decimalOf, Money, ownAsset, scaleOf } from "../parts/money";
import { DoLink, Page } from "../parts/page";
import { Sheet, closeSheet } from "../parts/sheet";
import type { Column } from "../parts/table";
import { WriteForm } from "../parts/writeForm";
import { t } from "../texts/texts";
import { accountBody, accountFields } from "./accountTerms";

/** One balance of an account; an account without any has one row without amounts. */
interface Row {
  name: string;
  isClosed: boolean;
  balance: Schemas["AccountBalance"] | null;
}

async function read(limit: number, after: string | undefined): Promise<Rows<Row>> {
  const query = {
    limit,
    ...(after ? { after } : {}),
    ...(param("q") ? { words: param("q") } : {}),
    ...(param("sort") ? { sort: param("sort") } : {}),
  };
  const page = await ask(
    api.GET("/v1/ledgers/{ledger}/accounts", { params: { path: here(), query } }),
  );
  return {
    next: page.next,
    items: page.items.flatMap((account) =>
      (account.balances.length ? account.balances : [null]).map((balance) => ({
        name: account.name,
        isClosed: account.closed ?? false,
        balance,
      })),
    ),
  };
}

const columns = (): Column<Row>[] => [
  {
    title: t().account,
    csv: (row) => row.name,
    show: (row) => (
      <>
        <AccountLink name={row.name} />
        {row.isClosed ? (
          <>
            {" "}
            <Badge code="closed" />
          </>
        ) : null}
      </>
    ),
  },
  {
    title: t().balance,
    isNumber: true,
    csv: (row) => row.balance && plain(row.balance.balance, row.balance.asset),
    show: (row) =>
      row.balance ? <Money minor={row.balance.balance} asset={row.balance.asset} /> : null,
  },
  {
    title: t().available,
    isNumber: true,
    isRoomy: true,
    csv: (row) => row.balance && plain(row.balance.available, row.balance.asset),
    show: (row) =>
      row.balance ? <Money minor={row.balance.available} asset={row.balance.asset} isBare /> : null,
  },
  {
    title: t().asset,
    isRoomy: true,
    csv: (row) => row.balance?.asset ?? "",
    show: (row) => <span class="soft">{row.balance?.asset}</span>,
  },
];

const plain = (minor: number, asset: string | null | undefined): string =>
  decimalOf(minor, scaleOf(asset || ownAsset.value));

export function AccountsScreen() {
  return (
    <Page
      title={t().accounts}
      actions={
        <DoLink role="admin" sheet="new">
          {t().openAccount}
        </DoLink>
      }
    >
      <List
        name="accounts"
        title={t().accounts}
        columns={columns()}
        read={read}
        keyOf={(row) => `${row.name} ${row.balance?.asset}`}
        filters={
          <>
            <SearchFilter label={t().nameWords} />
            <SelectFilter
              name="sort"
              label={t().sort}
              options={[
                ["", t().byName],
                ["newest", t().newestFirst],
              ]}
            />
          </>
        }
        empty={param("q") ? t().nothingFound : t().noAccounts}
      />
      <Sheet name="new" title={t().openAccount}>
        <WriteForm
          name="open-account"
          action={t().openAccount}
          onCancel={closeSheet}
          fields={[
            { name: "account", label: t().account, required: true, autofocus: true },
            ...accountFields(null),
          ]}
          send={async (values, id) => {
            await ask(
              api.PUT("/v1/ledgers/{ledger}/accounts/{account}", {
                params: { path: { ...here(), account: values.account ?? "" } },
                body: accountBody(values, id),
              }),
            );
            go(to(["accounts", values.account ?? ""]), true);
          }}
          onDone={() => undefined}
        />
      </Sheet>
    </Page>
  );
}
