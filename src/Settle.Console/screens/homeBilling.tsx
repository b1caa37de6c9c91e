import { api, ask, here, type Schemas } from "../api/client";
import { useLoad } from "../api/load";
import { to } from "../app/router";
import { Chart } from "../parts/chart";
import { count, formatPlain, month } from "../parts/format";
import { Card } from "../parts/page";
import { Money, scaleOf, type Minor } from "../parts/money";
import { Table } from "../parts/table";
import { t } from "../texts/texts";
import { InvoiceTable } from "./invoices";

type Overview = Schemas["Overview"];
const Newest = 8;

/** What is owed, what waits for somebody, and twelve months of it, if this ledger bills anybody. */
export function HomeBilling() {
  const { data } = useLoad(`home-billing/${here().ledger}`, async () => {
    const some = { params: { path: here(), query: { limit: 1 } } };
    if ((await ask(api.GET("/v1/ledgers/{ledger}/customers", some))).items.length === 0)
      return null;
    const [overview, newest] = await Promise.all([
      ask(api.GET("/v1/ledgers/{ledger}/overview", { params: { path: here() } })),
      ask(
        api.GET("/v1/ledgers/{ledger}/invoices", {
          params: { path: here(), query: { newest_first: "true", limit: Newest } },
        }),
      ),
    ]);
    return { overview, newest: newest.items };
  });
  if (!data) return null;
  return (
    <>
      <Tiles overview={data.overview} />
      <Waiting overview={data.overview} />
      <Months overview={data.overview} />
      <Card title={t().newestInvoices}>
        <InvoiceTable invoices={data.newest} />
      </Card>
    </>
  );
}

function Tiles({ overview }: { overview: Overview }) {
  const received = overview.months.at(-1)?.received;
  const tiles: [string, Minor, string][] = [
    [t().owed, overview.owed, to(["invoices"], { status: "open" })],
    [t().overdue, overview.overdue, to(["invoices"], { status: "overdue" })],
    [t().toInvoice, overview.to_invoice, to(["charges"], { uninvoiced: "true" })],
    [
      t().receivedThisMonth,
      received ?? 0,
      to(["payments"], { from: `${overview.date.slice(0, 7)}-01` }),
    ],
  ];
  return (
    <dl class="tiles">
      {tiles.map(([title, minor, href]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>
            <a href={href}>
              <Money minor={minor} asset={overview.asset} />
            </a>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What a person has to do something about. */
function Waiting({ overview }: { overview: Overview }) {
  const all: [number, string, string][] = [
    [
      overview.overdue_invoices,
      t().overdueInvoices(count(overview.overdue_invoices)),
      to(["invoices"], { status: "overdue" }),
    ],
    [overview.open_charges, t().chargesToInvoice(count(overview.open_charges)), to(["run"])],
    [
      overview.holds_ending_today,
      t().holdsEndToday(count(overview.holds_ending_today)),
      to(["holds"], { ends: "today" }),
    ],
  ];
  const waiting = all.filter(([n]) => n > 0);
  if (waiting.length === 0) return null;
  return (
    <Card title={t().waiting}>
      <ul class="waiting">
        {waiting.map(([, text, href]) => (
          <li key={href}>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Months({ overview }: { overview: Overview }) {
  const months = overview.months;
  const asset = overview.asset ?? "";
  if (months.every((each) => !each.billed && !each.received)) return null;
  const scale = 10 ** scaleOf(asset);
  const value = (minor: Minor | null | undefined) => Number(minor ?? 0) / scale;
  return (
    <Card title={t().twelveMonths}>
      <p class="legend">
        <span class="ink-accent">■</span> {t().billed} <span class="ink-warm">■</span>{" "}
        {t().received}
      </p>
      <Chart
        label={t().twelveMonths}
        at={months.map((_, i) => i)}
        names={months.map((each) => month(each.month))}
        series={[
          {
            label: t().billed,
            colour: "accent",
            isBar: true,
            values: months.map((each) => value(each.billed)),
          },
          {
            label: t().received,
            colour: "warm",
            isBar: true,
            values: months.map((each) => value(each.received)),
          },
        ]}
        format={(amount) => formatPlain(String(amount), 0)}
      />
      <details>
        <summary>{t().asTable}</summary>
        <Table
          title={t().twelveMonths}
          rows={months}
          keyOf={(each) => each.month}
          columns={[
            { title: t().month, show: (each) => month(each.month) },
            {
              title: t().billed,
              isNumber: true,
              show: (each) => <Money minor={each.billed} asset={asset} />,
            },
            {
              title: t().received,
              isNumber: true,
              show: (each) => <Money minor={each.received ?? 0} asset={asset} />,
            },
          ]}
        />
      </details>
    </Card>
  );
}
