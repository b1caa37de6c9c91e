import type { Schemas } from "../api/client";
import { ownAsset, readAmount, typed } from "../parts/money";
import type { FieldSpec, Values } from "../parts/writeForm";
import { t } from "../texts/texts";

/** What an account may do, as a person sets it. */
export function accountFields(balance: Schemas["AccountBalance"] | null): FieldSpec[] {
  const asset = balance?.asset || ownAsset.value;
  const { overdraft, ceiling } = balance ?? {};
  return [
    {
      name: "limits",
      label: t().mayOverdraw,
      kind: "select",
      initial: overdraft === "unlimited" ? "unlimited" : overdraft ? "some" : "none",
      options: [
        ["none", t().noOverdraft],
        ["some", t().upToAmount],
        ["unlimited", t().unlimited],
      ],
    },
    {
      name: "overdraft",
      label: t().overdraft,
      kind: "amount",
      asset,
      hint: t().overdraftHint,
      initial: typeof overdraft === "number" ? typed(overdraft, asset) : "",
    },
    {
      name: "ceiling",
      label: t().ceiling,
      kind: "amount",
      asset,
      hint: t().ceilingHint,
      initial: typeof ceiling === "number" ? typed(ceiling, asset) : "",
    },
  ];
}

export function accountBody(values: Values, id: string): Schemas["AccountBody"] {
  const asset = values.asset || ownAsset.value;
  return {
    id,
    asset,
    overdraft:
      values.limits === "unlimited"
        ? "unlimited"
        : values.limits === "some"
          ? (readAmount(values.overdraft ?? "", asset) ?? 0)
          : 0,
    ceiling: values.ceiling ? (readAmount(values.ceiling, asset) ?? "none") : "none",
  };
}
