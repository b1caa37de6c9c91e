import type { Schemas } from "../api/client";
import type { FieldSpec, Values } from "../parts/writeForm";
import { t } from "../texts/texts";

type Party = Schemas["Party"];

/** A name and an address, as people give them. */
export function partyFields(party: Party | null): FieldSpec[] {
  const of = (name: keyof Party) => String(party?.[name] ?? "");
  return [
    {
      name: "name",
      label: t().name,
      required: true,
      initial: of("name"),
      member: "party.name",
    },
    { name: "street", label: t().street, initial: of("street"), member: "party.street" },
    {
      name: "postal_code",
      label: t().postalCode,
      initial: of("postal_code"),
      member: "party.postal_code",
    },
    { name: "city", label: t().city, initial: of("city"), member: "party.city" },
    {
      name: "country",
      label: t().countryCode,
      required: true,
      initial: of("country") || "DE",
      member: "party.country",
      hint: t().countryHint,
    },
    {
      name: "email",
      label: t().email,
      kind: "email",
      initial: of("email"),
      member: "party.email",
    },
    { name: "vat_id", label: t().vatId, initial: of("vat_id"), member: "party.vat_id" },
  ];
}

const Members = [
  "name",
  "street",
  "postal_code",
  "city",
  "country",
  "email",
  "vat_id",
  "tax_number",
  "registration_id",
  "phone",
  "contact",
  "iban",
  "bic",
  "language",
] as const;

/** What was there, with what was typed instead. */
export function partyOf(values: Values, before: Party | null): Party {
  const party: Record<string, unknown> = { ...before };
  for (const member of Members) {
    const value = values[member]?.trim();
    if (value) party[member] = member === "country" ? value.toUpperCase() : value;
    else if (member in values) delete party[member];
  }
  return party as Party;
}
