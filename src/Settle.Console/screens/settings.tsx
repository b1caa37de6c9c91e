import { api, ask, here, type Schemas } from "../api/client";
import { useLoad } from "../api/load";
import { isMounted, session } from "../api/session";
import { info } from "../app/ledgers";
import { asProblem } from "../api/problem";
import { DoLink, Card, Facts, Page } from "../parts/page";
import { ProblemBox } from "../parts/problemBox";
import { closeSheet, Sheet } from "../parts/sheet";
import { Empty } from "../parts/table";
import { t, word } from "../texts/texts";
import { CurrencyForm } from "./currencyForm";
import { Keys } from "./keys";
import { SellerForm } from "./sellerForm";

type Seller = Schemas["Seller"];

async function readSeller(): Promise<{ seller: Seller | null }> {
  try {
    return {
      seller: await ask(api.GET("/v1/ledgers/{ledger}/seller", { params: { path: here() } })),
    };
  } catch (e) {
    if (asProblem(e).status === 404) return { seller: null };
    throw e;
  }
}

export function SettingsScreen() {
  const { data, problem, reload } = useLoad(`seller/${here().ledger}`, readSeller);
  const party = data?.seller?.party;
  return (
    <Page title={t().settings}>
      <section class="card">
        <div class="head">
          <h2>{t().thisLedger}</h2>
          {info.value?.height === 0 ? (
            <DoLink role="admin" sheet="currency" isMain>
              {t().chooseCurrency}
            </DoLink>
          ) : null}
        </div>
        <Facts
          facts={[
            [t().name, <bdi>{info.value?.name}</bdi>],
            [t().asset, info.value?.assets.map((each) => each.code).join(", ")],
            [t().newAccounts, info.value?.strict ? t().mustBeOpened : t().madeBySending],
            session.value?.role ? [t().yourRole, word(session.value.role)] : null,
          ]}
        />
      </section>
      <section class="card">
        <div class="head">
          <h2>{t().seller}</h2>
          <DoLink role="admin" sheet="seller">
            {t().edit}
          </DoLink>
        </div>
        {problem ? <ProblemBox problem={problem} retry={reload} /> : null}
        {data && !party ? <Empty>{t().noSeller}</Empty> : null}
        {party ? (
          <Facts
            facts={[
              [t().name, <bdi>{party.name}</bdi>],
              [
                t().address,
                <bdi>
                  {[party.street, [party.postal_code, party.city].filter(Boolean).join(" ")]
                    .filter(Boolean)
                    .join(", ")}
                </bdi>,
              ],
              [t().vatId, party.vat_id],
              ["IBAN", party.iban],
              [t().email, party.email ? <bdi>{party.email}</bdi> : null],
              [t().taxRates, data?.seller?.tax_rates.map((rate) => `${rate} %`).join(", ")],
              [t().series, data?.seller?.series],
            ]}
          />
        ) : null}
      </section>
      {isMounted ? null : <Keys />}
      {isMounted ? null : (
        <Card title={t().forPrograms}>
          <ul class="exports">
            <li>
              <a href="./openapi/v1.json">OpenAPI</a>
            </li>
            <li>
              <a href="./metrics">{t().metrics}</a>
            </li>
            <li>
              <a href="./health/ready">{t().health}</a>
            </li>
          </ul>
        </Card>
      )}
      <Sheet name="currency" title={t().chooseCurrency}>
        <CurrencyForm />
      </Sheet>
      {data ? (
        <Sheet name="seller" title={t().seller}>
          <SellerForm
            seller={data.seller}
            onDone={() => {
              closeSheet();
              reload();
            }}
          />
        </Sheet>
      ) : null}
    </Page>
  );
}
