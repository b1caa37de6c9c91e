import { fileHref } from "../api/client";
import { isMounted } from "../api/session";
import { param } from "../app/router";
import { DaysFilter } from "../parts/filters";
import { Card, Page } from "../parts/page";
import { language, t } from "../texts/texts";
import { TrialBalance } from "./trialBalance";

/** What bookkeepers ask for, and files to take away. */
export function ReportsScreen() {
    const days = {
        ...(param("from") ? { from: param("from") } : {}),
        ...(param("to") ? { to: param("to") } : {}),
    };
    return (
        <Page title={t().reports}>
            <TrialBalance />
            {isMounted ? null : (
                <Card title={t().exports}>
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
                                href={fileHref(["exports", "invoices"], {
                                    ...days,
                                    language: language.value,
                                })}
                                download
                            >
                                {t().exportNames.invoices}
                            </a>
                        </li>
                    </ul>
                </Card>
            )}
        </Page>
    );
}
