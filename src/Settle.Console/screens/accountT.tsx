import { api, ask, here } from "../api/client";
import { useLoad } from "../api/load";
import { address } from "../app/router";
import { DaysFilter } from "../parts/filters";
import { day } from "../parts/format";
import { Money } from "../parts/money";
import { ProblemBox } from "../parts/problemBox";
import { t } from "../texts/texts";
import { dayQuery, valueDay, type AccountEntry } from "./accountEntries";

const Shown = 200;

/** What came in beside what went out, as bookkeepers draw it. */
export function AccountT({ name }: { name: string }) {
  const { data, problem, reload } = useLoad(
    `t/${here().ledger}/${name}/${address.value.query}`,
    () =>
      ask(
        api.GET("/v1/ledgers/{ledger}/accounts/{account}/entries", {
          params: {
            path: { ...here(), account: name },
            query: { limit: Shown, ...dayQuery() },
          },
        }),
      ),
  );
  const entries = data?.items ?? [];
  return (
    <section class="card">
      <div class="tools">
        <DaysFilter />
      </div>
      {problem ? <ProblemBox problem={problem} retry={reload} /> : null}
      <div class="t-account">
        <Side title={t().wentOut} entries={entries.filter((entry) => entry.amount < 0)} />
        <Side title={t().cameIn} entries={entries.filter((entry) => entry.amount >= 0)} />
      </div>
      {data?.next ? <p class="soft">{t().newestOnly(String(Shown))}</p> : null}
    </section>
  );
}

function Side({ title, entries }: { title: string; entries: AccountEntry[] }) {
  const sums = new Map<string, bigint>();
  for (const { asset, amount } of entries) {
    sums.set(asset ?? "", (sums.get(asset ?? "") ?? 0n) + BigInt(amount));
  }
  const positive = (amount: bigint) => (amount < 0n ? -amount : amount);
  return (
    <table>
      <caption>{title}</caption>
      <tbody>
        {entries.map((entry) => (
          <tr key={`${entry.block} ${entry.id}`}>
            <td>
              {day(valueDay(entry))}
              <span class="small">
                <bdi>{entry.counterparty ?? t().several}</bdi>
              </span>
            </td>
            <td class="number">
              <Money minor={positive(BigInt(entry.amount))} asset={entry.asset} isBare />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {[...sums].map(([asset, sum]) => (
          <tr key={asset}>
            <th scope="row">{t().sum}</th>
            <td class="number">
              <Money minor={positive(sum)} asset={asset} />
            </td>
          </tr>
        ))}
      </tfoot>
    </table>
  );
}
