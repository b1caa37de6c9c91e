import { api, ask, here, type Schemas } from "../api/client";
import { isMounted } from "../api/session";
import { param, to } from "../app/router";
import { DaysFilter, SearchFilter } from "../parts/filters";
import { day } from "../parts/format";
import { CustomerLink, EntryLink, InvoiceLink } from "../parts/links";
import { List } from "../parts/list";
import { decimalOf, Money, ownAsset, scaleOf } from "../parts/money";
import { DoLink, Page } from "../parts/page";
import { closeSheet, Sheet } from "../parts/sheet";
import type { Column } from "../parts/table";
import { t } from "../texts/texts";
import { PaymentForm } from "./paymentForm";

type Payment = Schemas["Payment"];

const columns = (): Column<Payment>[] => [
  { title: t().date, csv: (each) => each.date, show: (each) => day(each.date) },
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
    title: t().paysFor,
    csv: (each) => each.allocations.map((part) => part.number).join(" "),
    show: (each) => (
      <>
        {each.allocations.map((part, i) => (
          <span key={part.number}>
            {i ? ", " : ""}
            <InvoiceLink name={part.number} />
          </span>
        ))}
        {each.unallocated ? (
          <span class="small">
            <Money minor={each.unallocated} asset={each.asset} /> {t().asCredit}
          </span>
        ) : null}
        {each.write_off ? <span class="small">{t().writtenOff}</span> : null}
      </>
    ),
  },
  {
    title: t().reference,
    isRoomy: true,
    csv: (each) => each.reference,
    show: (each) => (each.reference ? <bdi class="name">{each.reference}</bdi> : null),
  },
  {
    title: t().entry,
    isRoomy: true,
    csv: (each) => each.id,
    show: (each) => <EntryLink name={each.id} />,
  },
];

export function PaymentsScreen() {
  return (
    <Page
      title={t().payments}
      actions={
        <>
          {isMounted ? null : (
            <a class="button" href={to(["bank"])}>
              {t().bank}
            </a>
          )}
          <DoLink role="teller" sheet="new" isMain>
            {t().recordPayment}
          </DoLink>
        </>
      }
    >
      <List
        name="payments"
        title={t().payments}
        columns={columns()}
        keyOf={(each) => each.id}
        empty={t().noPayments}
        filters={
          <>
            <SearchFilter name="customer" label={t().customer} />
            <DaysFilter />
          </>
        }
        read={(limit, after) =>
          ask(
            api.GET("/v1/ledgers/{ledger}/payments", {
              params: {
                path: here(),
                query: {
                  limit,
                  ...(after ? { after } : {}),
                  ...(param("customer") ? { customer: param("customer") } : {}),
                  ...(param("from") ? { from: param("from") } : {}),
                  ...(param("to") ? { to: param("to") } : {}),
                },
              },
            }),
          )
        }
      />
      <Sheet name="new" title={t().recordPayment}>
        <PaymentForm onDone={closeSheet} />
      </Sheet>
    </Page>
  );
}
