import { api, ask, here } from "../api/client";
import { useLoad } from "../api/load";
import { info } from "../app/ledgers";
import { to } from "../app/router";
import { count, moment } from "../parts/format";
import { BlockLink } from "../parts/links";
import { Card, Page } from "../parts/page";
import { Empty, Table } from "../parts/table";
import { ProblemBox } from "../parts/problemBox";
import { t } from "../texts/texts";
import { transferColumns } from "./transfers";
import { HomeBilling } from "./homeBilling";
import { Welcome } from "./welcome";

const Newest = 8;

/** What there is, what waits for somebody, and what happened last. */
export function HomeScreen() {
  const ledger = info.value;
  const { data, problem, reload } = useLoad(`home/${ledger?.name}`, async () => {
    const from = Math.max(1, (info.value?.height ?? 0) - Newest + 1);
    const [transfers, blocks] = await Promise.all([
      ask(
        api.GET("/v1/ledgers/{ledger}/transfers", {
          params: { path: here(), query: { limit: 10 } },
        }),
      ),
      ask(
        api.GET("/v1/ledgers/{ledger}/blocks/heads", {
          params: { path: here(), query: { from, limit: Newest } },
        }),
      ),
    ]);
    return { transfers: transfers.items, blocks: blocks.items.reverse() };
  });
  if (!ledger) return null;
  return (
    <Page title={t().home}>
      <Welcome />
      <HomeBilling />
      {problem ? <ProblemBox problem={problem} retry={reload} /> : null}
      <dl class="tiles dense">
        <div>
          <dt>{t().accounts}</dt>
          <dd>
            <a href={to(["accounts"])}>{count(ledger.accounts)}</a>
          </dd>
        </div>
        <div>
          <dt>{t().entries}</dt>
          <dd>{count(ledger.entries)}</dd>
        </div>
        <div>
          <dt>{t().blocks}</dt>
          <dd>
            <a href={to(["blocks"])}>{count(ledger.height)}</a>
          </dd>
        </div>
        <div>
          <dt>{t().asset}</dt>
          <dd>{ledger.asset}</dd>
        </div>
      </dl>
      <Card title={t().latestTransfers}>
        {data?.transfers.length ? (
          <Table
            title={t().latestTransfers}
            columns={transferColumns()}
            rows={data.transfers}
            keyOf={(each) => each.id}
          />
        ) : data ? (
          <Empty>{t().noTransfers}</Empty>
        ) : (
          <p class="loading">{t().loading}</p>
        )}
      </Card>
      <Card title={t().newestBlocks}>
        {data?.blocks.length ? (
          <Table
            title={t().newestBlocks}
            rows={data.blocks}
            keyOf={(each) => each.hash}
            columns={[
              {
                title: t().height,
                isNumber: true,
                show: (each) => <BlockLink height={each.height} />,
              },
              { title: t().time, show: (each) => moment(String(each.time)) },
              {
                title: t().entries,
                isNumber: true,
                show: (each) => count(each.entries),
              },
              {
                title: t().hash,
                show: (each) => (
                  <span class="code" title={each.hash}>
                    {each.hash.slice(0, 16)}…
                  </span>
                ),
              },
            ]}
          />
        ) : data ? (
          <Empty>{t().chainEmpty}</Empty>
        ) : null}
      </Card>
    </Page>
  );
}
