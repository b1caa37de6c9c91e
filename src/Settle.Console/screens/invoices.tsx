import { api, ask, fileHref, here, type Schemas } from "../api/client";
import { isMounted } from "../api/session";
import { param, to } from "../app/router";
import { Badge } from "../parts/badge";
import { DaysFilter, SearchFilter, SelectFilter } from "../parts/filters";
import { day, today } from "../parts/format";
import { CustomerLink, InvoiceLink } from "../parts/links";
import { List } from "../parts/list";
import { decimalOf, Money, ownAsset, scaleOf } from "../parts/money";
import { Page } from "../parts/page";
import { Empty, Table, type Column } from "../parts/table";
import { t, word } from "../texts/texts";

type Summary = Schemas["InvoiceSummary"];

const plain = (minor: number, asset: string | null | undefined) =>
  decimalOf(minor, scaleOf(asset || ownAsset.value));

/** An invoice's state, in which being late is one. */
export const stateOf = (invoice: Pick<Summary, "status" | "due" | "kind">): string =>
  invoice.status === "open" && invoice.kind !== "credit_note" && invoice.due < today()
    ? "overdue"
    : invoice.status;

export function InvoiceState({ invoice }: { invoice: Summary }) {
  if (invoice.kind === "credit_note")
    return <Badge code="credit_note" text={t().creditsOther(invoice.corrects ?? "")} />;
  const isPartly = invoice.open !== 0 && invoice.open !== invoice.amount;
  return (
    <>
      <Badge code={stateOf(invoice)} />
      {invoice.kind === "opening" ? <span class="small">{t().elsewhere}</span> : null}
      {isPartly ? (
        <span class="small">
          <Money minor={invoice.open} asset={invoice.asset} /> {t().openLeft}
        </span>
      ) : null}
    </>
  );
}

/** Its letter and its data, if it was made here. */
export const Papers = ({
  list = "invoices",
  number,
  hasXml = true,
}: {
  list?: string;
  number: string;
  hasXml?: boolean;
}) =>
  isMounted ? null : (
    <span class="row-actions">
      <a href={fileHref([list, `${number}.pdf`])} target="_blank" rel="noopener">
        PDF<span class="hidden"> {number}</span>
      </a>
      {hasXml ? (
        <a href={fileHref([list, `${number}.xml`])} download={`${number}.xml`}>
          XML<span class="hidden"> {number}</span>
        </a>
      ) : null}
    </span>
  );

export const invoiceColumns = (): Column<Summary>[] => [
  {
    title: t().number,
    csv: (each) => each.number,
    show: (each) => (
      <>
        <InvoiceLink name={each.number} />
        <span class="small narrow-only">
          <bdi>{each.customer}</bdi>
        </span>
      </>
    ),
  },
  {
    title: t().date,
    isRoomy: true,
    csv: (each) => each.date,
    show: (each) => (
      <>
        {day(each.date)}
        <span class="small">{t().dueOn(day(each.due))}</span>
      </>
    ),
  },
  {
    title: t().customer,
    isRoomy: true,
    csv: (each) => each.customer,
    show: (each) => <CustomerLink name={each.customer} />,
  },
  {
    title: t().net,
    isNumber: true,
    isRoomy: true,
    csv: (each) => plain(each.net, each.asset),
    show: (each) => <Money minor={each.net} asset={each.asset} isBare />,
  },
  {
    title: t().tax,
    isNumber: true,
    isRoomy: true,
    csv: (each) => plain(each.tax, each.asset),
    show: (each) => <Money minor={each.tax} asset={each.asset} isBare />,
  },
  {
    title: t().amount,
    isNumber: true,
    csv: (each) => plain(each.amount, each.asset),
    show: (each) => <Money minor={each.amount} asset={each.asset} />,
  },
  { title: t().status, csv: stateOf, show: (each) => <InvoiceState invoice={each} /> },
  {
    title: t().files,
    isRoomy: true,
    show: (each) => (each.kind === "opening" ? "" : <Papers number={each.number} />),
  },
];

export const InvoiceTable = ({ invoices }: { invoices: Summary[] }) =>
  invoices.length ? (
    <Table
      title={t().invoices}
      columns={invoiceColumns()}
      rows={invoices}
      keyOf={(each) => each.number}
    />
  ) : (
    <Empty>{t().noInvoices}</Empty>
  );

export function InvoicesScreen() {
  return (
    <Page
      title={t().invoices}
      actions={
        <>
          {isMounted ? null : (
            <a class="button" href={to(["check"])}>
              {t().check}
            </a>
          )}
          <a class="button primary" href={to(["run"])}>
            {t().invoiceRun}
          </a>
        </>
      }
    >
      <List
        name="invoices"
        title={t().invoices}
        columns={invoiceColumns()}
        keyOf={(each) => each.number}
        empty={t().noInvoices}
        filters={
          <>
            <SearchFilter name="customer" label={t().customer} />
            <SelectFilter
              name="status"
              label={t().status}
              options={[
                ["", t().all],
                ...(["overdue", "open", "paid", "credited", "written_off"] as const).map(
                  (each) => [each, word(each)] as const,
                ),
              ]}
            />
            <DaysFilter />
          </>
        }
        read={(limit, after) =>
          ask(
            api.GET("/v1/ledgers/{ledger}/invoices", {
              params: {
                path: here(),
                query: {
                  limit,
                  newest_first: "true",
                  ...(after ? { after } : {}),
                  ...(param("customer") ? { customer: param("customer") } : {}),
                  ...(param("from") ? { from: param("from") } : {}),
                  ...(param("to") ? { to: param("to") } : {}),
                  ...(param("status") === "overdue"
                    ? { overdue: "true" }
                    : param("status")
                      ? { status: param("status") }
                      : {}),
                },
              },
            }),
          )
        }
      />
    </Page>
  );
}
