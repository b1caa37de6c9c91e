import { api, ask, here, type Schemas } from "../api/client";
import { param, withQuery } from "../app/router";
import { may } from "../api/session";
import { Badge } from "../parts/badge";
import { SearchFilter, SelectFilter } from "../parts/filters";
import { day, daysAfter, signs, today } from "../parts/format";
import { CustomerLink } from "../parts/links";
import { List } from "../parts/list";
import { decimalOf, Money, ownAsset, readAmount, scaleOf } from "../parts/money";
import { DoLink, Page } from "../parts/page";
import { closeSheet, Sheet } from "../parts/sheet";
import { useCustomers } from "../parts/suggest";
import type { Column } from "../parts/table";
import { WriteForm } from "../parts/writeForm";
import { t, word } from "../texts/texts";
import { Papers } from "./invoices";

type Quote = Schemas["Quote"];
const ValidDays = 30;

const columns = (): Column<Quote>[] => [
  {
    title: t().number,
    csv: (each) => each.number,
    show: (each) => <bdi class="name">{each.number}</bdi>,
  },
  {
    title: t().date,
    csv: (each) => each.date,
    show: (each) => (
      <>
        {day(each.date)}
        {each.valid_until ? <span class="small">{t().untilDay(day(each.valid_until))}</span> : null}
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
    show: (each) => <Money minor={each.amount} asset={each.asset} />,
  },
  {
    title: t().status,
    csv: (each) => each.status,
    show: (each) => (
      <>
        <Badge code={each.status} />
        {each.status === "open" && may("teller") ? (
          <span class="row-actions">
            <a href={withQuery({ do: "accept", quote: each.number })}>{t().accept}</a>
            <a href={withQuery({ do: "decline", quote: each.number })}>{t().decline}</a>
          </span>
        ) : null}
      </>
    ),
  },
  {
    title: t().files,
    show: (each) => <Papers list="quotes" number={each.number} hasXml={false} />,
  },
];

export function QuotesScreen() {
  return (
    <Page
      title={t().quotes}
      actions={
        <DoLink role="teller" sheet="new" isMain>
          {t().newQuote}
        </DoLink>
      }
    >
      <List
        name="quotes"
        title={t().quotes}
        columns={columns()}
        keyOf={(each) => each.number}
        empty={t().noQuotes}
        filters={
          <>
            <SearchFilter name="customer" label={t().customer} />
            <SelectFilter
              name="status"
              label={t().status}
              options={[
                ["", t().all],
                ...(["open", "accepted", "declined", "expired"] as const).map(
                  (each) => [each, word(each)] as const,
                ),
              ]}
            />
          </>
        }
        read={(limit, after) =>
          ask(
            api.GET("/v1/ledgers/{ledger}/quotes", {
              params: {
                path: here(),
                query: {
                  limit,
                  ...(after ? { after } : {}),
                  ...(param("customer") ? { customer: param("customer") } : {}),
                  ...(param("status") ? { status: param("status") } : {}),
                },
              },
            }),
          )
        }
      />
      <Sheet name="new" title={t().newQuote}>
        <QuoteForm />
      </Sheet>
      {(["accept", "decline"] as const).map((answer) => (
        <Sheet key={answer} name={answer} title={t()[answer]}>
          <WriteForm
            name={`${answer}/${param("quote")}`}
            action={t()[answer]}
            onCancel={closeSheet}
            onDone={closeSheet}
            fields={[
              {
                name: "date",
                label: t().date,
                kind: "day",
                initial: today(),
                required: true,
              },
            ]}
            send={async (values, id) => {
              const request = {
                params: { path: { ...here(), number: param("quote") } },
                body: { id, date: values.date ?? today() },
              };
              await ask(
                answer === "accept"
                  ? (api.POST("/v1/ledgers/{ledger}/quotes/{number}/accept", request) as Promise<{
                      response: Response;
                    }>)
                  : (api.POST("/v1/ledgers/{ledger}/quotes/{number}/decline", request) as Promise<{
                      response: Response;
                    }>),
              );
            }}
          />
        </Sheet>
      ))}
    </Page>
  );
}

function QuoteForm() {
  const customers = useCustomers();
  return (
    <WriteForm
      name="quote"
      action={t().newQuote}
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
        {
          name: "quantity",
          label: t().quantity,
          kind: "number",
          initial: "1",
          required: true,
        },
        { name: "price", label: t().unitPrice, kind: "amount", required: true },
        {
          name: "until",
          label: t().validUntil,
          kind: "day",
          initial: daysAfter(today(), ValidDays),
        },
        { name: "note", label: t().note, kind: "area" },
      ]}
      send={async (values, id) => {
        const minor = readAmount(values.price ?? "", ownAsset.value) ?? 0;
        await ask(
          api.POST("/v1/ledgers/{ledger}/quotes", {
            params: { path: here() },
            body: {
              id,
              customer: values.customer?.trim() ?? "",
              ...(values.until ? { valid_until: values.until } : {}),
              ...(values.note ? { note: values.note } : {}),
              lines: [
                {
                  description: values.description ?? "",
                  unit_price: decimalOf(minor, scaleOf(ownAsset.value)),
                  quantity: (values.quantity ?? "1")
                    .replaceAll(signs().group, "")
                    .replace(signs().point, "."),
                },
              ],
            },
          }),
        );
      }}
    />
  );
}
