import { api, ask, here, type Schemas } from "../api/client";
import { param } from "../app/router";
import { DayFilter, SearchFilter } from "../parts/filters";
import { AccountLink } from "../parts/links";
import { List } from "../parts/list";
import { decimalOf, Money, ownAsset, scaleOf } from "../parts/money";
import type { Column } from "../parts/table";
import { t } from "../texts/texts";

type Balance = Schemas["Balance"];

const columns = (): Column<Balance>[] => [
  {
    title: t().account,
    csv: (each) => each.account,
    show: (each) => <AccountLink name={each.account} />,
  },
  {
    title: t().debitSide,
    isNumber: true,
    show: (each) => (each.balance < 0 ? <Money minor={-each.balance} asset={each.asset} /> : null),
  },
  {
    title: t().creditSide,
    isNumber: true,
    show: (each) => (each.balance > 0 ? <Money minor={each.balance} asset={each.asset} /> : null),
  },
  {
    title: t().asset,
    isRoomy: true,
    csv: (each) => each.asset,
    show: (each) => <span class="soft">{each.asset}</span>,
  },
  {
    title: t().balance,
    isRoomy: true,
    isNumber: true,
    csv: (each) => decimalOf(each.balance, scaleOf(each.asset || ownAsset.value)),
    show: (each) => <Money minor={each.balance} asset={each.asset} isBare />,
  },
];

/** Every balance at the end of a day, all of one moment. */
export function BalancesReport() {
  return (
    <>
      <div class="head part">
        <h2>{t().trialBalance}</h2>
      </div>
      <List
        name="balances"
        title={t().balances}
        columns={columns()}
        keyOf={(each) => `${each.account} ${each.asset}`}
        filters={
          <>
            <DayFilter name="on" label={t().onDay} />
            <SearchFilter label={t().nameBegins} />
          </>
        }
        read={(limit, after) =>
          ask(
            api.GET("/v1/ledgers/{ledger}/balances", {
              params: {
                path: here(),
                query: {
                  limit,
                  ...(after ? { after } : {}),
                  ...(param("on") ? { on: param("on") } : {}),
                  ...(param("q") ? { prefix: param("q") } : {}),
                },
              },
            }),
          )
        }
      />
    </>
  );
}
