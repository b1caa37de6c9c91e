import { api, ask, here, type Schemas } from "../api/client";
import { closeSheet } from "../parts/sheet";
import { WriteForm } from "../parts/writeForm";
import { t } from "../texts/texts";
import { partyFields, partyOf } from "./party";

type Seller = Schemas["Seller"];

/** Who sends the invoices: the first thing that a new business says. */
export function SellerForm({ seller, onDone }: { seller: Seller | null; onDone: () => void }) {
  const party = seller?.party ?? null;
  return (
    <WriteForm
      name="seller"
      action={t().save}
      onCancel={closeSheet}
      onDone={onDone}
      fields={[
        ...partyFields(party),
        {
          name: "tax_number",
          label: t().taxNumber,
          initial: party?.tax_number ?? "",
          hint: t().taxNumberHint,
          member: "party.tax_number",
        },
        { name: "iban", label: "IBAN", initial: party?.iban ?? "", member: "party.iban" },
        {
          name: "phone",
          label: t().phone,
          initial: party?.phone ?? "",
          member: "party.phone",
        },
        {
          name: "tax_rates",
          label: t().taxRates,
          initial: seller?.tax_rates.join(" ") ?? "19 7",
          hint: t().taxRatesHint,
        },
        {
          name: "series",
          label: t().series,
          initial: seller?.series ?? "{year}-",
          hint: t().seriesHint,
        },
      ]}
      send={async (values, id) => {
        const rates = (values.tax_rates ?? "")
          .replaceAll(",", ".")
          .split(/[\s;%]+/)
          .filter(Boolean);
        await ask(
          api.PUT("/v1/ledgers/{ledger}/seller", {
            params: { path: here() },
            body: {
              id,
              party: partyOf(values, party),
              tax_rates: rates,
              series: values.series ?? "",
              ...(rates[0]
                ? {
                    default_tax:
                      seller?.default_tax && rates.includes(seller.default_tax)
                        ? seller.default_tax
                        : rates[0],
                  }
                : {}),
              ...(seller ? { zone: seller.zone } : {}),
              ...(seller?.first_numbers ? { first_numbers: seller.first_numbers } : {}),
              ...(seller?.dunning ? { dunning: seller.dunning } : {}),
              ...(seller?.cash_discounts ? { cash_discounts: seller.cash_discounts } : {}),
            },
          }),
        );
      }}
    />
  );
}
