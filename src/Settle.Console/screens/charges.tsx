import { api, ask, here, type Schemas } from "../api/client";
import { param, to, withQuery } from "../app/router";
import { may } from "../api/session";
import { Badge } from "../parts/badge";
import { DaysFilter, SearchFilter, SelectFilter } from "../parts/filters";
import { day, decimal, signs, today } from "../parts/format";
import { CustomerLink, InvoiceLink } from "../parts/links";
import { List } from "../parts/list";
import { decimalOf, Money, ownAsset, readAmount, scaleOf } from "../parts/money";
import { DoLink, Page } from "../parts/page";
import { closeSheet, Sheet } from "../parts/sheet";
import { useCustomers } from "../parts/suggest";
import type { Column } from "../parts/table";
import { WriteForm } from "../parts/writeForm";
import { t, word } from "../texts/texts";

type Charge = Schemas["Charge"];

const columns = (isOfOne: boolean): Column<Charge>[] => [
  { title: t().date, csv: (each) => each.date, show: (each) => day(each.date) },
  ...(isOfOne
    ? []
    : [
        {
          title: t().customer,
          csv: (each: Charge) => each.customer,
          show: (each: Charge) => <CustomerLink name={each.customer} />,
        },
      ]),
  {
    title: t().description,
    csv: (each) => each.description,
    show: (each) => (
      <>
        <bdi class="name">{each.description}</bdi>
        {each.quantity && each.quantity !== "1" && each.unit_price ? (
          <span class="small">
            {decimal(each.quantity)} × {decimal(each.unit_price)}
          </span>
        ) : null}
      </>
    ),
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
  {
    title: t().status,
    csv: (each) => each.invoice ?? (each.withdrawn ? "withdrawn" : "open"),
    show: (each) =>
      each.invoice ? (
        <InvoiceLink name={each.invoice} />
      ) : each.withdrawn ? (
        <Badge code="withdrawn" />
      ) : (
        <>
          <Badge code="open" text={t().notInvoiced} />
          {may("teller") ? (
            <>
              {" "}
              <a href={withQuery({ do: "withdraw", charge: each.id })}>{t().withdraw}</a>
            </>
          ) : null}
        </>
      ),
  },
];

/** Charges, of one customer or of all. */
export function ChargeList({ customer }: { customer?: string }) {
  const open = customer ? "true" : param("uninvoiced");
  const whose = customer ?? param("customer");
  return (
    <>
      {customer ? (
        <div class="head part">
          <h2>{t().openCharges}</h2>
        </div>
      ) : null}
      <List
        name="charges"
        title={t().charges}
        columns={columns(customer !== undefined)}
        keyOf={(each) => each.id}
        empty={customer ? t().noOpenCharges : t().noCharges}
        isSoft={(each) => each.withdrawn ?? false}
        filters={
          customer ? null : (
            <>
              <SearchFilter name="customer" label={t().customer} />
              <SelectFilter
                name="uninvoiced"
                label={t().status}
                options={[
                  ["", t().all],
                  ["true", t().notInvoiced],
                  ["false", t().invoiced],
                ]}
              />
              <DaysFilter />
            </>
          )
        }
        read={(limit, after) =>
          ask(
            api.GET("/v1/ledgers/{ledger}/charges", {
              params: {
                path: here(),
                query: {
                  limit,
                  ...(after && !customer ? { after } : {}),
                  ...(whose ? { customer: whose } : {}),
                  ...(open ? { uninvoiced: open } : {}),
                  ...(param("from") && !customer ? { from: param("from") } : {}),
                  ...(param("to") && !customer ? { to: param("to") } : {}),
                },
              },
            }),
          )
        }
      />
      <Sheet name="withdraw" title={t().withdraw}>
        <p class="soft">{t().withdrawHint}</p>
        <WriteForm
          name={`withdraw/${param("charge")}`}
          action={t().withdraw}
          isDanger
          fields={[]}
          onCancel={closeSheet}
          onDone={closeSheet}
          send={async (_, id) => {
            await ask(
              api.DELETE("/v1/ledgers/{ledger}/charges/{id}", {
                params: {
                  path: { ...here(), id: param("charge") },
                  query: { id } as never,
                },
              }),
            );
          }}
        />
      </Sheet>
    </>
  );
}

export function ChargesScreen() {
  return (
    <Page
      title={t().charges}
      actions={
        <>
          <a class="button" href={to(["run"])}>
            {t().invoiceRun}
          </a>
          <DoLink role="teller" sheet="new" isMain>
            {t().newCharge}
          </DoLink>
        </>
      }
    >
      <ChargeList />
      <Sheet name="new" title={t().newCharge}>
        <ChargeForm onDone={closeSheet} />
      </Sheet>
    </Page>
  );
}

/** A decimal as typed here, as the API writes it. */
const asDecimal = (text: string): string =>
  text.trim().replaceAll(signs().group, "").replace(signs().point, ".");

export function ChargeForm({ customer, onDone }: { customer?: string; onDone: () => void }) {
  const customers = useCustomers();
  return (
    <WriteForm
      name={`charge/${customer ?? ""}`}
      action={t().newCharge}
      onCancel={closeSheet}
      onDone={onDone}
      fields={[
        ...(customer
          ? []
          : [
              {
                name: "customer",
                label: t().customer,
                required: true,
                autofocus: true,
                suggestions: customers,
              },
            ]),
        { name: "description", label: t().description, required: true },
        {
          name: "quantity",
          label: t().quantity,
          kind: "number",
          initial: "1",
          required: true,
        },
        {
          name: "price",
          label: t().unitPrice,
          kind: "amount",
          required: true,
          member: "unit_price",
        },
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
        { name: "tax", label: t().taxRate, hint: t().taxHint },
        {
          name: "date",
          label: t().serviceDay,
          kind: "day",
          initial: today(),
          required: true,
        },
      ]}
      send={async (values, id) => {
        const minor = readAmount(values.price ?? "", ownAsset.value) ?? 0;
        await ask(
          api.POST("/v1/ledgers/{ledger}/charges", {
            params: { path: here() },
            body: {
              id,
              customer: customer ?? values.customer?.trim() ?? "",
              description: values.description ?? "",
              quantity: asDecimal(values.quantity ?? "1"),
              unit_price: decimalOf(minor, scaleOf(ownAsset.value)),
              prices: values.prices as Schemas["PriceKind"],
              date: values.date ?? today(),
              ...(values.tax ? { tax: asDecimal(values.tax) } : {}),
            },
          }),
        );
      }}
    />
  );
}
