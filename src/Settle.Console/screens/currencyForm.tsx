import { api, ask, here } from "../api/client";
import { readInfo } from "../app/ledgers";
import { closeSheet } from "../parts/sheet";
import { WriteForm } from "../parts/writeForm";
import { t } from "../texts/texts";

/** The first thing that a new ledger is told; it stays for ever. */
export function CurrencyForm() {
  return (
    <WriteForm
      name="currency"
      action={t().chooseCurrency}
      onCancel={closeSheet}
      fields={[
        {
          name: "asset",
          label: t().asset,
          required: true,
          initial: "EUR",
          autofocus: true,
          hint: t().currencyHint,
        },
        { name: "strict", label: t().strict, kind: "check", hint: t().strictHint },
      ]}
      send={async (values) => {
        await ask(
          api.PUT("/v1/ledgers/{ledger}", {
            params: { path: here() },
            body: {
              asset: values.asset?.trim().toUpperCase() ?? "",
              ...(values.strict ? { strict: true } : {}),
            },
          }),
        );
      }}
      onDone={() => {
        readInfo(here().ledger).catch((e: unknown) => console.debug(e));
        closeSheet();
      }}
    />
  );
}
