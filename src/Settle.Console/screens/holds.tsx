import { useEffect, useState } from "preact/hooks";
import { api, ask, here, type Schemas } from "../api/client";
import { param, withQuery } from "../app/router";
import { may } from "../api/session";
import { SearchFilter, SelectFilter } from "../parts/filters";
import { moment, until } from "../parts/format";
import { AccountLink, BlockLink, EntryLink } from "../parts/links";
import { List } from "../parts/list";
import { decimalOf, Money, ownAsset, readAmount, scaleOf, typed } from "../parts/money";
import { DoLink, Page } from "../parts/page";
import { closeSheet, Sheet } from "../parts/sheet";
import { useAccountNames } from "../parts/suggest";
import { WriteForm } from "../parts/writeForm";
import { useLoad } from "../api/load";
import type { Column } from "../parts/table";
import { t } from "../texts/texts";

type Hold = Schemas["Hold"];
const Day = 86_400_000;

/** Counts down by itself, without asking the server. */
function Countdown({ to }: { to: string }) {
  const [now, set] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const isSoon = Date.parse(to) - now < Day;
  return (
    <span class={isSoon ? "soon" : ""} title={moment(to)}>
      {Date.parse(to) <= now ? t().hasEnded : until(to, now)}
    </span>
  );
}

const columns = (): Column<Hold>[] => [
  {
    title: t().fromTo,
    csv: (each) => each.from,
    show: (each) => (
      <>
        <AccountLink name={each.from} /> <span aria-hidden="true">→</span>{" "}
        <AccountLink name={each.to} />
        {each.memo ? (
          <span class="small">
            <bdi>{each.memo}</bdi>
          </span>
        ) : null}
      </>
    ),
  },
  { title: t().to, csv: (each) => each.to },
  {
    title: t().words.id,
    isRoomy: true,
    csv: (each) => each.id,
    show: (each) => <EntryLink name={each.id} />,
  },
  {
    title: t().amount,
    isNumber: true,
    csv: (each) => decimalOf(each.amount, scaleOf(each.asset || ownAsset.value)),
    show: (each) => <Money minor={each.amount} asset={each.asset} />,
  },
  {
    title: t().ends,
    csv: (each) => (each.expires ? String(each.expires) : ""),
    show: (each) =>
      each.expires ? (
        <Countdown to={String(each.expires)} />
      ) : (
        <span class="soft">{t().never}</span>
      ),
  },
  {
    title: t().block,
    isNumber: true,
    isRoomy: true,
    csv: (each) => each.block,
    show: (each) => <BlockLink height={each.block} />,
  },
  ...(may("teller")
    ? [
        {
          title: t().actions,
          show: (each: Hold) => (
            <span class="row-actions">
              <a href={withQuery({ do: "capture", hold: each.id })}>{t().capture}</a>
              <a href={withQuery({ do: "void", hold: each.id })}>{t().voidHold}</a>
            </span>
          ),
        },
      ]
    : []),
];

export function HoldsScreen() {
  const end = param("ends");
  const [before] = useState(() => new Date(new Date().setHours(24, 0, 0, 0)).toISOString());
  return (
    <Page
      title={t().holds}
      actions={
        <DoLink role="teller" sheet="new" isMain>
          {t().newHold}
        </DoLink>
      }
    >
      <List
        name="holds"
        title={t().holds}
        columns={columns()}
        keyOf={(each) => each.id}
        empty={t().noHolds}
        filters={
          <>
            <SearchFilter name="account" label={t().account} />
            <SelectFilter
              name="ends"
              label={t().ends}
              options={[
                ["", t().all],
                ["today", t().endsToday],
              ]}
            />
          </>
        }
        read={(limit, after) =>
          ask(
            api.GET("/v1/ledgers/{ledger}/holds", {
              params: {
                path: here(),
                query: {
                  limit,
                  ...(after ? { after } : {}),
                  ...(param("account") ? { account: param("account") } : {}),
                  ...(end === "today" ? { ends_before: before } : {}),
                },
              },
            }),
          )
        }
      />
      <Sheet name="new" title={t().newHold}>
        <HoldForm />
      </Sheet>
      <Sheet name="capture" title={t().capture}>
        <CaptureForm id={param("hold")} />
      </Sheet>
      <Sheet name="void" title={t().voidHold}>
        <p class="soft">{t().voidHint}</p>
        <WriteForm
          name={`void/${param("hold")}`}
          action={t().voidHold}
          onCancel={closeSheet}
          isDanger
          fields={[{ name: "memo", label: t().memo }]}
          send={async (values, id) => {
            await ask(
              api.POST("/v1/ledgers/{ledger}/holds/{id}/void", {
                params: { path: { ...here(), id: param("hold") } },
                body: { id, ...(values.memo ? { memo: values.memo } : {}) },
              }),
            );
          }}
          onDone={closeSheet}
        />
      </Sheet>
    </Page>
  );
}

function HoldForm() {
  const names = useAccountNames("");
  return (
    <WriteForm
      name="hold"
      action={t().newHold}
      onCancel={closeSheet}
      onDone={closeSheet}
      fields={[
        {
          name: "from",
          label: t().from,
          required: true,
          autofocus: true,
          suggestions: names,
        },
        { name: "to", label: t().to, required: true, suggestions: names },
        { name: "amount", label: t().amount, kind: "amount", required: true },
        {
          name: "days",
          label: t().endsIn,
          kind: "select",
          initial: "604800",
          options: [
            ["3600", t().oneHour],
            ["86400", t().oneDay],
            ["604800", t().oneWeek],
            ["2592000", t().thirtyDays],
          ],
        },
        { name: "memo", label: t().memo },
      ]}
      send={async (values, id) => {
        await ask(
          api.POST("/v1/ledgers/{ledger}/holds", {
            params: { path: here() },
            body: {
              id,
              from: values.from?.trim() ?? "",
              to: values.to?.trim() ?? "",
              amount: readAmount(values.amount ?? "", ownAsset.value) ?? 0,
              asset: ownAsset.value,
              expires_in: Number(values.days),
              ...(values.memo ? { memo: values.memo } : {}),
            },
          }),
        );
      }}
    />
  );
}

function CaptureForm({ id: hold }: { id: string }) {
  const { data } = useLoad(`hold/${here().ledger}/${hold}`, () =>
    ask(
      api.GET("/v1/ledgers/{ledger}/holds/{id}", {
        params: { path: { ...here(), id: hold } },
      }),
    ),
  );
  if (!data) return <p class="loading">{t().loading}</p>;
  const asset = data.asset || ownAsset.value;
  return (
    <WriteForm
      name={`capture/${hold}`}
      action={t().capture}
      onCancel={closeSheet}
      onDone={closeSheet}
      fields={[
        {
          name: "amount",
          label: t().amount,
          kind: "amount",
          asset,
          required: true,
          hint: t().captureHint,
          initial: typed(data.amount, asset),
        },
        { name: "memo", label: t().memo },
      ]}
      send={async (values, id) => {
        await ask(
          api.POST("/v1/ledgers/{ledger}/holds/{id}/capture", {
            params: { path: { ...here(), id: hold } },
            body: {
              id,
              amount: readAmount(values.amount ?? "", asset) ?? 0,
              ...(values.memo ? { memo: values.memo } : {}),
            },
          }),
        );
      }}
    />
  );
}
