import { api, ask, here, type Schemas } from "../api/client";
import { useLoad } from "../api/load";
import { go, to } from "../app/router";
import { Badge } from "../parts/badge";
import { day } from "../parts/format";
import { AccountLink, BlockLink, EntryLink } from "../parts/links";
import { Money, ownAsset, readAmount, typed } from "../parts/money";
import { Card, DoLink, Facts, Page } from "../parts/page";
import { ProblemBox } from "../parts/problemBox";
import { closeSheet, Sheet } from "../parts/sheet";
import { WriteForm } from "../parts/writeForm";
import { t, word } from "../texts/texts";
import { laterOf } from "./transfers";

export function TransferScreen({ name }: { name: string }) {
  const { data, problem, isLoading, reload } = useLoad(`transfer/${here().ledger}/${name}`, () =>
    ask(
      api.GET("/v1/ledgers/{ledger}/transfers/{id}", {
        params: { path: { ...here(), id: name } },
      }),
    ),
  );
  const asset = data?.asset || ownAsset.value;
  const left = data ? Number(data.amount) - Number(data.reverted ?? 0) : 0;
  return (
    <Page
      title={t().transferOf(name)}
      above={{ href: to(["transfers"]), text: t().transfers }}
      actions={
        data?.status === "successful" && left > 0 ? (
          <DoLink role="teller" sheet="revert">
            {t().revert}
          </DoLink>
        ) : null
      }
    >
      {problem ? <ProblemBox problem={problem} retry={reload} /> : null}
      {isLoading && !data ? <p class="loading">{t().loading}</p> : null}
      {data ? <TransferFacts transfer={data} /> : null}
      <Sheet name="revert" title={t().revert}>
        <p class="soft">{t().revertHint}</p>
        <WriteForm
          name={`revert/${name}`}
          action={t().revert}
          isDanger
          onCancel={closeSheet}
          fields={[
            {
              name: "amount",
              label: t().amount,
              kind: "amount",
              asset,
              required: true,
              initial: typed(left, asset),
            },
            { name: "memo", label: t().memo },
          ]}
          send={async (values, id) => {
            const back = await ask(
              api.POST("/v1/ledgers/{ledger}/transfers/{id}/revert", {
                params: { path: { ...here(), id: name } },
                body: {
                  id,
                  ...(values.memo ? { memo: values.memo } : {}),
                  amount: readAmount(values.amount ?? "", asset) ?? 0,
                },
              }),
            );
            go(to(["transfers", back.id]), true);
          }}
          onDone={reload}
        />
      </Sheet>
    </Page>
  );
}

function TransferFacts({ transfer }: { transfer: Schemas["Transfer"] }) {
  return (
    <Card>
      <Facts
        facts={[
          [
            t().amount,
            <strong class="big">
              <Money minor={transfer.amount} asset={transfer.asset} />
            </strong>,
          ],
          [t().from, <AccountLink name={transfer.from} />],
          [t().to, <AccountLink name={transfer.to} />],
          [
            t().status,
            transfer.status === "successful" ? (
              <Badge code="successful" />
            ) : (
              <Badge code="rejected" text={word(transfer.reason ?? "rejected")} />
            ),
          ],
          [t().memo, transfer.memo ? <bdi>{transfer.memo}</bdi> : null],
          [t().valueDate, transfer.timestamp ? day(String(transfer.timestamp)) : null],
          [t().later, laterOf(transfer) ? <bdi>{laterOf(transfer)}</bdi> : null],
          ...Object.entries(transfer.meta ?? {}).map(
            ([key, value]) => [key, <bdi>{value}</bdi>] as const,
          ),
          [t().block, <BlockLink height={transfer.block} />],
          [t().entry, <EntryLink name={transfer.id} />],
        ]}
      />
    </Card>
  );
}
