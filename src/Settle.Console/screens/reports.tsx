import { fileHref } from "../api/client";
import { isMounted } from "../api/session";
import { param, withQuery } from "../app/router";
import { DaysFilter } from "../parts/filters";
import { Card, Page } from "../parts/page";
import { language, t } from "../texts/texts";
import { AgeingReport, ProfitAndLoss, TrialBalance, VatReport } from "./reportTables";
import { BalancesReport } from "./balancesReport";

const kinds = () =>
  [
    ["", t().trialBalance, TrialBalance],
    ["profit", t().profitAndLoss, ProfitAndLoss],
    ["ageing", t().ageing, AgeingReport],
    ["vat", t().vat, VatReport],
    ["balances", t().balances, BalancesReport],
    ...(isMounted ? [] : [["exports", t().exports, Exports] as const]),
  ] as const;

/** What bookkeepers ask for, and files to take away. */
export function ReportsScreen() {
  const all = kinds();
  const [, , Shown] = all.find(([kind]) => kind === param("view")) ?? all[0];
  return (
    <Page title={t().reports}>
      <nav class="tabs wrap" aria-label={t().reports}>
        {all.map(([kind, title]) => (
          <a
            key={kind}
            href={withQuery({ view: kind || null, q: null, on: null })}
            aria-current={kind === param("view") ? "true" : undefined}
          >
            {title}
          </a>
        ))}
      </nav>
      <Shown />
    </Page>
  );
}

function Exports() {
  const days = {
    ...(param("from") ? { from: param("from") } : {}),
    ...(param("to") ? { to: param("to") } : {}),
  };
  return (
    <Card>
      <div class="tools">
        <DaysFilter />
      </div>
      <ul class="exports">
        {(["csv", "jsonl", "hledger", "beancount"] as const).map((kind) => (
          <li key={kind}>
            <a href={fileHref(["exports", kind], days)} download>
              {t().exportNames[kind]}
            </a>
          </li>
        ))}
        <li>
          <a
            href={fileHref(["exports", "invoices"], { ...days, language: language.value })}
            download
          >
            {t().exportNames.invoices}
          </a>
        </li>
      </ul>
    </Card>
  );
}
