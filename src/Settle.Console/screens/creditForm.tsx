import { useRef } from "preact/hooks";
import { api, ask, here, type Schemas } from "../api/client";
import { decimal, signs, today } from "../parts/format";
import { closeSheet } from "../parts/sheet";
import { WriteForm, type FieldSpec, type Values } from "../parts/writeForm";
import { t } from "../texts/texts";

type Invoice = Schemas["Invoice"];

const asDecimal = (text: string): string =>
  text.trim().replaceAll(signs().group, "").replace(signs().point, ".");

/** Credits an invoice, whole or by line. */
export function CreditForm({
  invoice,
  onDone,
}: {
  invoice: Invoice;
  onDone: (number: string) => void;
}) {
  const fields = (values: Values): FieldSpec[] => [
    {
      name: "what",
      label: t().creditWhat,
      kind: "select",
      initial: "all",
      options: [
        ["all", t().wholeInvoice],
        ["lines", t().someLines],
      ],
    },
    ...(values.what === "lines"
      ? invoice.lines.map(
          (line, i): FieldSpec => ({
            name: `line${i}`,
            label: line.description,
            kind: "number",
            hint: t().creditLineHint(decimal(line.quantity)),
            placeholder: "0",
          }),
        )
      : []),
    { name: "rebill", label: t().rebill, kind: "check", hint: t().rebillHint },
    { name: "reason", label: t().reason },
    { name: "date", label: t().date, kind: "day", initial: today(), required: true },
  ];
  const made = useRef("");
  return (
    <WriteForm
      name={`credit/${invoice.number}`}
      action={t().credit}
      fields={fields}
      isDanger
      onCancel={closeSheet}
      onDone={() => onDone(made.current)}
      send={async (values, id) => {
        const lines = invoice.lines.flatMap((_, i) => {
          const quantity = values[`line${i}`]?.trim();
          return quantity ? [{ line: i + 1, quantity: asDecimal(quantity) }] : [];
        });
        const answer = await ask(
          api.POST("/v1/ledgers/{ledger}/credit-notes", {
            params: { path: here() },
            body: {
              id,
              invoice: invoice.number,
              date: values.date ?? today(),
              ...(values.what === "lines" ? { lines } : {}),
              ...(values.rebill && values.what !== "lines" ? { rebill: true } : {}),
              ...(values.reason ? { reason: values.reason } : {}),
            },
          }),
        );
        made.current = answer.number;
      }}
    />
  );
}
