import { api, ask, here } from "../api/client";
import { useLoad } from "../api/load";
import { to } from "../app/router";
import { moment } from "../parts/format";
import { AccountLink, BlockLink, CustomerLink } from "../parts/links";
import { Money } from "../parts/money";
import { Card, Facts, Page } from "../parts/page";
import { ProblemBox } from "../parts/problemBox";
import { t, word } from "../texts/texts";

type Fact = readonly [string, preact.ComponentChildren];

/** Members of an entry as facts; what has parts is shown as it is recorded. */
function factsOf(entry: Record<string, unknown>): Fact[] {
  const asset = typeof entry.asset === "string" ? entry.asset : undefined;
  return Object.entries(entry)
    .filter(([, value]) => typeof value !== "object")
    .map(([name, value]): Fact => {
      if (name === "from" || name === "to" || name === "account")
        return [word(name), <AccountLink name={String(value)} />];
      if (name === "customer") return [t().customer, <CustomerLink name={String(value)} />];
      if (name === "amount") return [t().amount, <Money minor={value as number} asset={asset} />];
      if (name === "type" || name === "status" || name === "reason")
        return [word(name), word(String(value))];
      return [word(name), <bdi class="name">{String(value)}</bdi>];
    });
}

export function EntryScreen({ name }: { name: string }) {
  const { data, problem, reload } = useLoad(
    `entry/${here().ledger}/${name}`,
    () =>
      ask(
        api.GET("/v1/ledgers/{ledger}/entries/{id}", {
          params: { path: { ...here(), id: name } },
        }),
      ),
    false,
  );
  const entry = data?.entry as Record<string, unknown> | undefined;
  return (
    <Page title={name} above={{ href: to(["blocks"]), text: t().blocks }}>
      {problem ? <ProblemBox problem={problem} retry={reload} /> : null}
      {data && entry ? (
        <>
          <Card>
            <Facts
              facts={[
                [t().block, <BlockLink height={data.block} />],
                [t().time, moment(String(data.time))],
                data.detail ? [t().why, <bdi>{data.detail}</bdi>] : null,
                ...factsOf(entry),
              ]}
            />
          </Card>
          <Card title={t().asRecorded}>
            <pre class="code" tabIndex={0}>
              {JSON.stringify(
                entry,
                (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value),
                2,
              )}
            </pre>
          </Card>
        </>
      ) : problem ? null : (
        <p class="loading">{t().loading}</p>
      )}
    </Page>
  );
}
