import { api, ask, here } from "../api/client";
import { useLoad } from "../api/load";
import { param } from "../app/router";
import { Chart } from "../parts/chart";
import { daysAfter, formatPlain, today } from "../parts/format";
import { scaleOf } from "../parts/money";
import { Card } from "../parts/page";
import { t } from "../texts/texts";
import { valueDay } from "./accountEntries";

const Year = 365;
const DayMs = 86_400_000;

/** The days that a chart shows: those of the filter, or the year before the last movement. */
async function daysOf(
  name: string,
): Promise<{ from: string; to: string; by: "day" | "month" } | null> {
  const newest = await ask(
    api.GET("/v1/ledgers/{ledger}/accounts/{account}/entries", {
      params: { path: { ...here(), account: name }, query: { limit: 1 } },
    }),
  );
  const last = newest.items[0];
  if (!last) return null;
  const isOld = valueDay(last) < daysAfter(today(), -Year);
  const to = param("to") || (isOld ? valueDay(last) : today());
  const from = param("from") || daysAfter(to, 1 - Year);
  const days = (Date.parse(to) - Date.parse(from)) / DayMs;
  if (!(days > 0)) return null;
  return { from, to, by: days < 400 ? "day" : "month" };
}

/** The balance by value date, as the server has it for each day. */
export function AccountChart({ name, asset }: { name: string; asset: string }) {
  const key = `chart/${here().ledger}/${name}/${asset}/${param("from")}/${param("to")}`;
  const { data } = useLoad(key, async () => {
    const days = await daysOf(name);
    if (!days) return [];
    const history = await ask(
      api.GET("/v1/ledgers/{ledger}/accounts/{account}/history", {
        params: { path: { ...here(), account: name }, query: { ...days, asset } },
      }),
    );
    return history.points;
  });
  if (!data || data.every((each) => each.balance === data[0]?.balance)) return null;
  const scale = 10 ** scaleOf(asset);
  return (
    <Card title={t().balanceOverTime}>
      <Chart
        label={t().chartOf(name)}
        at={data.map((each) => Date.parse(each.date) / 1000)}
        series={[
          {
            label: t().balance,
            colour: "accent",
            values: data.map((each) => Number(each.balance) / scale),
          },
        ]}
        format={(value) => formatPlain(String(value), 0)}
      />
    </Card>
  );
}
