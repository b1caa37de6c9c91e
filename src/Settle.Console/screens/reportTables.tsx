import { api, ask, here } from "../api/client";
import { param, to } from "../app/router";
import { DayFilter, DaysFilter } from "../parts/filters";
import { count, decimal, month, today } from "../parts/format";
import { AccountLink, CustomerLink } from "../parts/links";
import { Money, type Minor } from "../parts/money";
import { t } from "../texts/texts";
import { Report } from "./report";

/** The days of the filter; this year if there are none. */
const days = () => ({
  from: param("from") || `${today().slice(0, 4)}-01-01`,
  to: param("to") || today(),
});

const Sums = ({ sums, asset }: { sums: [string, Minor][]; asset: string | null | undefined }) => (
  <dl class="tiles dense">
    {sums.map(([title, minor]) => (
      <div key={title}>
        <dt>{title}</dt>
        <dd>
          <Money minor={minor} asset={asset} />
        </dd>
      </div>
    ))}
  </dl>
);

export function TrialBalance() {
  const query = param("on") ? { on: param("on") } : {};
  return (
    <Report
      kind="trial-balance"
      title={t().trialBalance}
      query={query as Record<string, string>}
      filters={<DayFilter name="on" label={t().onDay} />}
      read={() =>
        ask(
          api.GET("/v1/ledgers/{ledger}/reports/trial-balance", {
            params: { path: here(), query },
          }),
        )
      }
      rows={(report) => report.rows}
      keyOf={(row) => row.account}
      sums={(report) => (
        <Sums
          asset={report.asset}
          sums={[
            [t().debitSide, report.debit],
            [t().creditSide, report.credit],
          ]}
        />
      )}
      columns={(report) => [
        {
          title: t().account,
          show: (row) =>
            row.accounts === 1 ? (
              <AccountLink name={row.account} />
            ) : (
              <a
                class="name"
                href={to(["reports"], { view: "balances", q: row.account.replace(/\*$/, "") })}
              >
                <bdi>{row.account}</bdi>
              </a>
            ),
        },
        { title: t().accounts, isNumber: true, isRoomy: true, show: (row) => count(row.accounts) },
        {
          title: t().debitSide,
          isNumber: true,
          show: (row) => (row.debit ? <Money minor={row.debit} asset={report.asset} /> : null),
        },
        {
          title: t().creditSide,
          isNumber: true,
          show: (row) => (row.credit ? <Money minor={row.credit} asset={report.asset} /> : null),
        },
      ]}
    />
  );
}

export function ProfitAndLoss() {
  const query = days();
  return (
    <Report
      kind="income"
      title={t().profitAndLoss}
      query={query}
      filters={<DaysFilter />}
      read={() =>
        ask(
          api.GET("/v1/ledgers/{ledger}/reports/income", {
            params: { path: here(), query },
          }),
        )
      }
      rows={(report) => report.rows}
      keyOf={(row) => row.account}
      sums={(report) => (
        <Sums
          asset={report.asset}
          sums={[
            [t().income, report.income],
            [t().expenses, report.expenses],
            [t().profit, report.profit],
          ]}
        />
      )}
      columns={(report) => [
        { title: t().account, show: (row) => <AccountLink name={row.account} /> },
        { title: t().kind, show: (row) => (row.expense ? t().expenses : t().income) },
        {
          title: t().amount,
          isNumber: true,
          show: (row) => <Money minor={row.amount} asset={report.asset} />,
        },
      ]}
    />
  );
}

export function AgeingReport() {
  return (
    <Report
      kind="ageing"
      title={t().ageing}
      query={{}}
      read={() => ask(api.GET("/v1/ledgers/{ledger}/reports/ageing", { params: { path: here() } }))}
      rows={(report) => report.rows}
      keyOf={(row) => row.customer}
      sums={(report) => (
        <Sums
          asset={report.asset}
          sums={[
            [t().owed, report.total],
            [t().current, report.ageing.current],
            [t().days30, report.ageing.days30],
            [t().days60, report.ageing.days60],
            [t().days90, report.ageing.days90],
            [t().older, report.ageing.older],
          ]}
        />
      )}
      columns={(report) => [
        { title: t().customer, show: (row) => <CustomerLink name={row.customer} /> },
        ...(["current", "days30", "days60", "days90", "older"] as const).map((age) => ({
          title: t()[age],
          isNumber: true,
          isRoomy: true,
          show: (row: (typeof report.rows)[number]) =>
            row.ageing[age] ? <Money minor={row.ageing[age]} asset={report.asset} isBare /> : null,
        })),
        {
          title: t().sum,
          isNumber: true,
          show: (row) => <Money minor={row.total} asset={report.asset} />,
        },
      ]}
    />
  );
}

export function VatReport() {
  const query = days();
  return (
    <Report
      kind="vat"
      title={t().vat}
      query={query}
      filters={<DaysFilter />}
      read={() =>
        ask(api.GET("/v1/ledgers/{ledger}/reports/vat", { params: { path: here(), query } }))
      }
      rows={(report) => report.rows}
      keyOf={(row) => `${row.month} ${row.category} ${row.rate}`}
      sums={(report) => <Sums asset={report.asset} sums={[[t().tax, report.tax]]} />}
      columns={(report) => [
        { title: t().month, show: (row) => month(row.month) },
        { title: t().kind, show: (row) => row.category },
        { title: t().taxRate, isNumber: true, show: (row) => `${decimal(row.rate)} %` },
        {
          title: t().tax,
          isNumber: true,
          show: (row) => <Money minor={row.tax} asset={report.asset} />,
        },
      ]}
    />
  );
}
