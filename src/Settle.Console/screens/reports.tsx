import type { ComponentType } from "preact";
import { fileHref } from "../api/client";
import { isMounted } from "../api/session";
import { param, withQuery } from "../app/router";
import { DaysFilter } from "../parts/filters";
import { Card, Page } from "../parts/page";
import { language, t } from "../texts/texts";
import { AgeingReport, ProfitAndLoss, TrialBalance, VatReport } from "./reportTables";
import { BalancesReport } from "./balancesReport";

type Kind = readonly [kind: string, title: string, Shown: ComponentType];

/** A host that mounts the page has no reports of its own; balances it has. */
const kinds = (): readonly Kind[] =>
  isMounted
    ? [["", t().balances, BalancesReport]]
    : [
        ["", t().trialBalance, TrialBalance],
        ["profit", t().profitAndLoss, ProfitAndLoss],
        ["ageing", t().ageing, AgeingReport],
        ["vat", t().vat, VatReport],
        ["balances", t().balances, BalancesReport],
        ["exports", t().exports, Exports],
      ];

/** What bookkeepers ask for, and files to take away. */
export function ReportsScreen() {
  const all = kinds();
  const Shown = (all.find(([kind]) => kind === param("view")) ?? all[0])?.[2] ?? BalancesReport;
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
