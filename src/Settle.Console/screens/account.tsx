import { api, ask, here, type Schemas } from "../api/client";
import { useLoad } from "../api/load";
import { param, to, withQuery } from "../app/router";
import { may } from "../api/session";
import { Badge } from "../parts/badge";
import { DaysFilter } from "../parts/filters";
import { Money, ownAsset, typed } from "../parts/money";
import { Card, DoLink, Facts, Page } from "../parts/page";
import { ProblemBox } from "../parts/problemBox";
import { closeSheet, Sheet } from "../parts/sheet";
import { WriteForm } from "../parts/writeForm";
import { t } from "../texts/texts";
import { AccountChart } from "./accountChart";
import { AccountEntries } from "./accountEntries";
import { accountBody, accountFields } from "./accountTerms";
import { AccountT } from "./accountT";

export function AccountScreen({ name }: { name: string }) {
  const { data, problem, reload } = useLoad(`account/${here().ledger}/${name}`, () =>
    ask(
      api.GET("/v1/ledgers/{ledger}/accounts/{account}", {
        params: { path: { ...here(), account: name } },
      }),
    ),
  );
  const isT = param("view") === "t";
  const asset = data?.balances[0]?.asset || ownAsset.value;
  return (
    <Page
      title={name}
      above={{ href: to(["accounts"]), text: t().accounts }}
      actions={
        <>
          <DoLink role="admin" sheet="terms">
            {t().changeTerms}
          </DoLink>
          {may("teller") && !data?.closed ? (
            <a class="button primary" href={to(["transfers"], { do: "new", payer: name })}>
              {t().moveFromHere}
            </a>
          ) : null}
        </>
      }
    >
      {problem ? <ProblemBox problem={problem} retry={reload} /> : null}
      {data ? <Balances account={data} /> : null}
      {data ? <AccountChart name={name} asset={asset} /> : null}
      <nav class="tabs" aria-label={t().view}>
        <a href={withQuery({ view: null })} aria-current={isT ? undefined : "true"}>
          {t().movements}
        </a>
        <a href={withQuery({ view: "t" })} aria-current={isT ? "true" : undefined}>
          {t().tView}
        </a>
      </nav>
      {isT ? <AccountT name={name} /> : <AccountEntries name={name} filters={<DaysFilter />} />}
      {data ? <Terms account={data} onDone={reload} /> : null}
    </Page>
  );
}

function limitOf(balance: Schemas["AccountBalance"], asset: string): string {
  const { overdraft, ceiling } = balance;
  return [
    overdraft === "unlimited"
      ? t().overdrawsUnlimited
      : overdraft
        ? t().overdrawsBy(`${typed(overdraft, asset)} ${asset}`)
        : "",
    typeof ceiling === "number" ? t().atMost(`${typed(ceiling, asset)} ${asset}`) : "",
  ]
    .filter(Boolean)
    .join(", ");
}

function Balances({ account }: { account: Schemas["Account"] }) {
  return (
    <Card>
      {account.closed ? (
        <p>
          <Badge code="closed" />
        </p>
      ) : null}
      {account.balances.length === 0 ? <p class="soft">{t().noBalance}</p> : null}
      {account.balances.map((balance) => {
        const asset = balance.asset || ownAsset.value;
        const { spendable, here: part } = balance;
        return (
          <Facts
            key={asset}
            facts={[
              [
                t().balance,
                <strong class="big">
                  <Money minor={balance.balance} asset={asset} />
                </strong>,
              ],
              [t().available, <Money minor={balance.available} asset={asset} />],
              typeof spendable === "number"
                ? [t().spendable, <Money minor={spendable} asset={asset} />]
                : null,
              typeof part === "number"
                ? [t().atThisSite, <Money minor={part} asset={asset} />]
                : null,
              [t().limits, limitOf(balance, asset)],
            ]}
          />
        );
      })}
      <Facts
        facts={[
          account.owners?.length ? [t().owners, account.owners.join(", ")] : null,
          ...Object.entries(account.meta ?? {}).map(
            ([key, value]) => [key, <bdi>{value}</bdi>] as const,
          ),
        ]}
      />
    </Card>
  );
}

function Terms({ account, onDone }: { account: Schemas["Account"]; onDone: () => void }) {
  const balance = account.balances[0] ?? null;
  const asset = balance?.asset || ownAsset.value;
  return (
    <Sheet name="terms" title={t().changeTerms}>
      <WriteForm
        name={`terms/${account.name}`}
        action={t().save}
        onCancel={closeSheet}
        fields={[
          ...accountFields(balance),
          {
            name: "closed",
            label: t().closedAccount,
            kind: "check",
            initial: account.closed ? "true" : "",
            hint: t().closedHint,
          },
        ]}
        send={async (values, id) => {
          await ask(
            api.PUT("/v1/ledgers/{ledger}/accounts/{account}", {
              params: { path: { ...here(), account: account.name } },
              body: {
                ...accountBody({ ...values, asset }, id),
                closed: values.closed === "true",
              },
            }),
          );
        }}
        onDone={() => {
          closeSheet();
          onDone();
        }}
      />
    </Sheet>
  );
}
