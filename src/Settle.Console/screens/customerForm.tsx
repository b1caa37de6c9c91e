import { useRef } from "preact/hooks";
import { api, ask, here, type Schemas } from "../api/client";
import { closeSheet } from "../parts/sheet";
import { WriteForm, type FieldSpec } from "../parts/writeForm";
import { t, word } from "../texts/texts";
import { partyFields, partyOf } from "./party";

type Customer = Schemas["Customer"];

const Treatments = [
  "standard",
  "exempt",
  "reverse_charge",
  "intra_community",
  "export",
  "out_of_scope",
] as const;

export function CustomerForm({
  customer,
  onDone,
}: {
  customer: Customer | null;
  onDone: (name: string) => void;
}) {
  const fields: FieldSpec[] = [
    ...(customer
      ? []
      : [
          {
            name: "customer",
            label: t().customerId,
            required: true,
            autofocus: true,
            hint: t().customerIdHint,
          },
        ]),
    ...partyFields(customer?.party ?? null),
    { name: "iban", label: "IBAN", initial: customer?.party?.iban ?? "", member: "party.iban" },
    {
      name: "language",
      label: t().letterLanguage,
      kind: "select",
      initial: customer?.party?.language ?? "de",
      options: [
        ["de", "Deutsch"],
        ["en", "English"],
      ],
    },
    {
      name: "treatment",
      label: t().taxTreatment,
      kind: "select",
      initial: customer?.treatment ?? "standard",
      options: Treatments.map((each) => [each, word(each)] as const),
    },
    {
      name: "terms_days",
      label: t().termsDays,
      kind: "number",
      initial: String(customer?.terms_days ?? 14),
    },
  ];
  const made = useRef(customer?.customer ?? "");
  return (
    <WriteForm
      name={`customer/${customer?.customer ?? ""}`}
      action={t().save}
      fields={fields}
      onCancel={closeSheet}
      onDone={() => onDone(made.current)}
      send={async (values, id) => {
        const name = customer?.customer ?? values.customer?.trim() ?? "";
        const answer = await ask(
          api.PUT("/v1/ledgers/{ledger}/customers/{customer}", {
            params: { path: { ...here(), customer: name } },
            body: {
              id,
              party: partyOf(values, customer?.party ?? null),
              treatment: values.treatment as Customer["treatment"],
              terms_days: Number(values.terms_days || 14),
              ...(customer
                ? {
                    zone: customer.zone,
                    asset: customer.asset,
                    no_reminders: customer.no_reminders ?? false,
                    ...(customer.cash_discounts ? { cash_discounts: customer.cash_discounts } : {}),
                  }
                : {}),
            },
          }),
        );
        made.current = answer.customer;
      }}
    />
  );
}
