import { api, ask, here, type Schemas } from "../api/client";
import { today } from "../parts/format";
import { ownAsset, readAmount, typed } from "../parts/money";
import { closeSheet } from "../parts/sheet";
import { useCustomers } from "../parts/suggest";
import { WriteForm } from "../parts/writeForm";
import { t } from "../texts/texts";

interface Props {
  invoice?: Schemas["Invoice"];
  customer?: string;
  onDone: () => void;
}

/** Records money that came: for an invoice, or from a customer. */
export function PaymentForm({ invoice, customer, onDone }: Props) {
  const customers = useCustomers();
  const asset = invoice?.asset || ownAsset.value;
  return (
    <WriteForm
      name={`pay/${invoice?.number ?? customer ?? ""}`}
      action={t().recordPayment}
      onCancel={closeSheet}
      onDone={onDone}
      fields={[
        ...(invoice || customer
          ? []
          : [
              {
                name: "customer",
                label: t().customer,
                required: true,
                autofocus: true,
                suggestions: customers,
                hint: t().oldestFirst,
              },
            ]),
        {
          name: "amount",
          label: t().amount,
          kind: "amount",
          asset,
          required: true,
          initial: invoice ? typed(invoice.open, asset) : "",
        },
        {
          name: "date",
          label: t().arrivedOn,
          kind: "day",
          initial: today(),
          required: true,
        },
        { name: "reference", label: t().reference },
      ]}
      send={async (values, id) => {
        await ask(
          api.POST("/v1/ledgers/{ledger}/payments", {
            params: { path: here() },
            body: {
              id,
              asset,
              amount: readAmount(values.amount ?? "", asset) ?? 0,
              date: values.date ?? today(),
              ...(invoice
                ? { invoice: invoice.number }
                : { customer: customer ?? values.customer?.trim() ?? "" }),
              ...(values.reference ? { reference: values.reference } : {}),
            },
          }),
        );
      }}
    />
  );
}
