import { api, ask, here, type Schemas } from "../api/client";
import { param, withQuery } from "../app/router";
import { may } from "../api/session";
import { day, today } from "../parts/format";
import { CustomerLink } from "../parts/links";
import { List } from "../parts/list";
import { decimalOf, Money, ownAsset, readAmount, scaleOf } from "../parts/money";
import { DoLink, Page } from "../parts/page";
import { closeSheet, Sheet } from "../parts/sheet";
import { useCustomers } from "../parts/suggest";
import type { Column } from "../parts/table";
import { WriteForm } from "../parts/writeForm";
import { t, word } from "../texts/texts";

type Subscription = Schemas["Subscription"];

const columns = (): Column<Subscription>[] => [
  {
    title: t().subscription,
    csv: (each) => each.subscription,
    show: (each) => (
      <>
        <bdi class="name">{each.description}</bdi>
        <span class="small">
          <bdi>{each.subscription}</bdi>
        </span>
      </>
    ),
  },
  {
    title: t().customer,
    csv: (each) => each.customer,
    show: (each) => <CustomerLink name={each.customer} />,
  },
  {
    title: t().amount,
    isNumber: true,
    csv: (each) => decimalOf(each.amount, scaleOf(each.asset || ownAsset.value)),
    show: (each) => (
      <>
        <Money minor={each.amount} asset={each.asset} />
        <span class="small">{word(each.prices)}</span>
      </>
    ),
  },
  { title: t().every, csv: (each) => each.every, show: (each) => word(each.every) },
  { title: t().start, isRoomy: true, csv: (each) => each.start, show: (each) => day(each.start) },
  {
    title: t().end,
    csv: (each) => each.end,
    show: (each) =>
      each.end ? (
        day(each.end)
      ) : may("teller") ? (
        <a href={withQuery({ do: "end", subscription: each.subscription })}>{t().endIt}</a>
      ) : (
        ""
      ),
  },
];

export function SubscriptionsScreen() {
  return (
    <Page
      title={t().subscriptions}
      actions={
        <DoLink role="teller" sheet="new" isMain>
          {t().newSubscription}
        </DoLink>
      }
    >
      <List
        name="subscriptions"
        title={t().subscriptions}
        columns={columns()}
        keyOf={(each) => each.subscription}
        empty={t().noSubscriptions}
        read={(limit, after) =>
          ask(
            api.GET("/v1/ledgers/{ledger}/subscriptions", {
              params: { path: here(), query: { limit, ...(after ? { after } : {}) } },
            }),
          )
        }
      />
      <Sheet name="new" title={t().newSubscription}>
        <SubscriptionForm />
      </Sheet>
      <Sheet name="end" title={t().endIt}>
        <WriteForm
          name={`end/${param("subscription")}`}
          action={t().endIt}
          isDanger
          onCancel={closeSheet}
          onDone={closeSheet}
          fields={[
            {
              name: "end",
              label: t().lastDay,
              kind: "day",
              initial: today(),
              required: true,
            },
          ]}
          send={async (values, id) => {
            await ask(
              api.POST("/v1/ledgers/{ledger}/subscriptions/{id}/end", {
                params: { path: { ...here(), id: param("subscription") } },
                body: { id, end: values.end ?? "" },
              }),
            );
          }}
        />
      </Sheet>
    </Page>
  );
}

function SubscriptionForm() {
  const customers = useCustomers();
  return (
    <WriteForm
      name="subscription"
      action={t().newSubscription}
      onCancel={closeSheet}
      onDone={closeSheet}
      fields={[
        {
          name: "customer",
          label: t().customer,
          required: true,
          autofocus: true,
          suggestions: customers,
        },
        { name: "description", label: t().description, required: true },
        { name: "amount", label: t().amount, kind: "amount", required: true },
        {
          name: "prices",
          label: t().prices,
          kind: "select",
          initial: "net",
          options: [
            ["net", word("net")],
            ["gross", word("gross")],
          ],
        },
        {
          name: "every",
          label: t().every,
          kind: "select",
          initial: "month",
          options: (["week", "month", "quarter", "year"] as const).map(
            (each) => [each, word(each)] as const,
          ),
        },
        { name: "start", label: t().start, kind: "day", initial: today(), required: true },
      ]}
      send={async (values, id) => {
        await ask(
          api.POST("/v1/ledgers/{ledger}/subscriptions", {
            params: { path: here() },
            body: {
              id,
              customer: values.customer?.trim() ?? "",
              description: values.description ?? "",
              amount: readAmount(values.amount ?? "", ownAsset.value) ?? 0,
              prices: values.prices as Schemas["PriceKind"],
              every: values.every as Schemas["BillingInterval"],
              start: values.start ?? today(),
            },
          }),
        );
      }}
    />
  );
}
