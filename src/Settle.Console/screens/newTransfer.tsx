import { useEffect, useState } from "preact/hooks";
import { api, ask, here, type Schemas } from "../api/client";
import { asProblem, Problem } from "../api/problem";
import { go, param, to } from "../app/router";
import { Money, ownAsset, readAmount, scales } from "../parts/money";
import { sentence } from "../parts/problemBox";
import { closeSheet, Sheet } from "../parts/sheet";
import { useAccountNames } from "../parts/suggest";
import { WriteForm, type FieldSpec, type Values } from "../parts/writeForm";
import { t } from "../texts/texts";

type Transfer = Schemas["Transfer"];
const Pause = 250;

export function NewTransfer() {
  return (
    <Sheet name="new" title={t().newTransfer}>
      <TransferForm />
    </Sheet>
  );
}

function bodyOf(values: Values, id: string): Schemas["TransferRequest"] {
  const asset = values.asset || ownAsset.value;
  return {
    id,
    from: values.from?.trim() ?? "",
    to: values.to?.trim() ?? "",
    asset,
    amount: readAmount(values.amount ?? "", asset) ?? 0,
    ...(values.memo ? { memo: values.memo } : {}),
    ...(values.date ? { timestamp: `${values.date}T00:00:00Z` } : {}),
  };
}

function TransferForm() {
  const [now, setNow] = useState<Values>({});
  const from = useAccountNames(now.from ?? param("payer"));
  const into = useAccountNames(now.to ?? "");
  const assets = [...scales.value.keys()];
  const fields = (values: Values): FieldSpec[] => [
    {
      name: "from",
      label: t().from,
      required: true,
      initial: param("payer"),
      suggestions: from,
      autofocus: true,
      hint: t().fromHint,
    },
    { name: "to", label: t().to, required: true, initial: param("payee"), suggestions: into },
    {
      name: "amount",
      label: t().amount,
      kind: "amount",
      required: true,
      asset: values.asset || ownAsset.value,
    },
    ...(assets.length > 1
      ? [
          {
            name: "asset",
            label: t().asset,
            kind: "select" as const,
            initial: ownAsset.value,
            options: assets.map((each) => [each, each] as const),
          },
        ]
      : []),
    { name: "memo", label: t().memo },
    { name: "date", label: t().valueDate, kind: "day", hint: t().valueDateHint },
  ];
  return (
    <WriteForm
      name="transfer"
      fields={fields}
      action={t().moveMoney}
      onCancel={closeSheet}
      preview={(values, write) => <Preview values={values} watch={setNow} id={write.id} />}
      send={async (values, id) => {
        const made = await ask(
          api.POST("/v1/ledgers/{ledger}/transfers", {
            params: { path: here() },
            body: bodyOf(values, id),
          }),
        );
        go(to(["transfers", made.id]), true);
      }}
      onDone={() => undefined}
    />
  );
}

/** What the ledger itself says of the transfer, before it is made. */
function Preview({
  values,
  watch,
  id,
}: {
  values: Values;
  watch: (values: Values) => void;
  id: string;
}) {
  const [said, set] = useState<{ key: string; tried: Transfer | Problem } | null>(null);
  const body = bodyOf(values, id);
  const isWhole = body.from !== "" && body.to !== "" && body.amount > 0;
  const key = JSON.stringify(body);
  useEffect(() => {
    watch(values);
    if (!isWhole) return;
    let isOld = false;
    const timer = setTimeout(() => {
      ask(
        api.POST("/v1/ledgers/{ledger}/transfers", {
          params: { path: here() },
          body: { ...body, dry_run: true },
        }),
      ).then(
        (tried) => !isOld && set({ key, tried }),
        (e: unknown) => !isOld && set({ key, tried: asProblem(e) }),
      );
    }, Pause);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [key]);
  if (!isWhole || !said) return null;
  const { tried } = said;
  return (
    <div class="preview" role="status" aria-busy={said.key !== key}>
      {tried instanceof Problem ? (
        <p class="refusal">
          <bdi>{sentence(tried)}</bdi>
        </p>
      ) : (
        tried.balances?.map((each) => (
          <p key={each.account}>
            <bdi class="name">{each.account}</bdi>
            {tried.new_accounts?.includes(each.account) ? (
              <strong class="new">{t().isNew}</strong>
            ) : null}
            <span class="end">
              <Money minor={each.before} asset={each.asset} isBare /> →{" "}
              <Money minor={each.after} asset={each.asset} />
            </span>
          </p>
        ))
      )}
    </div>
  );
}
