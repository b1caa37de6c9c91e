import { api, ask, here } from "../api/client";
import { ownAsset } from "../parts/money";
import { useCustomers } from "../parts/suggest";
import { WriteForm } from "../parts/writeForm";
import { t } from "../texts/texts";
import type { Line } from "./bankLines";

/** Posts a line by its own id: for what is proposed, or for what a person says. */
export function BankLinePay({
  line,
  onDone,
  isFree,
}: {
  line: Line;
  onDone: () => void;
  isFree?: boolean;
}) {
  const customers = useCustomers();
  const proposed = line.payments[0];
  if (!isFree && !proposed) return null;
  return (
    <WriteForm
      name={`bank/${line.id}`}
      action={isFree ? t().postLine : t().postFor(proposed?.number ?? "")}
      onDone={onDone}
      fields={
        isFree
          ? [
              { name: "invoice", label: t().invoiceNumber },
              { name: "customer", label: t().orCustomer, suggestions: customers },
            ]
          : []
      }
      send={async (values) => {
        const invoice = isFree ? values.invoice?.trim() : proposed?.number;
        const customer = values.customer?.trim() ?? "";
        // A refusal would use up the line's id, so what is not there is found before.
        if (invoice) {
          await ask(
            api.GET("/v1/ledgers/{ledger}/invoices/{number}", {
              params: { path: { ...here(), number: invoice } },
            }),
          );
        } else {
          await ask(
            api.GET("/v1/ledgers/{ledger}/customers/{customer}", {
              params: { path: { ...here(), customer } },
            }),
          );
        }
        await ask(
          api.POST("/v1/ledgers/{ledger}/payments", {
            params: { path: here() },
            body: {
              id: line.id,
              amount: line.amount,
              asset: line.asset || ownAsset.value,
              date: line.date,
              ...(invoice ? { invoice } : { customer }),
              ...(line.text ? { reference: line.text.slice(0, 200) } : {}),
            },
          }),
        );
      }}
    />
  );
}
