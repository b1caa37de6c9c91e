import { useRef, useState } from "preact/hooks";
import { api, ask, type Schemas } from "../api/client";
import { useLoad } from "../api/load";
import { may, session } from "../api/session";
import { ledgers } from "../app/ledgers";
import { param, withQuery } from "../app/router";
import { DoLink } from "../parts/page";
import { ProblemBox } from "../parts/problemBox";
import { closeSheet, Sheet } from "../parts/sheet";
import { Table } from "../parts/table";
import { WriteForm } from "../parts/writeForm";
import { t, word } from "../texts/texts";

/** Who may come in; for admins of a server with keys. A key is shown once, when it is made. */
export function Keys() {
  const isShown = may("admin") && (session.value?.needs_key ?? false);
  const { data, problem, reload } = useLoad(
    `keys/${isShown}`,
    async () => (isShown ? await ask(api.GET("/v1/keys")) : null),
    false,
  );
  const [made, setMade] = useState<string | null>(null);
  if (!isShown) return null;
  const done = () => {
    closeSheet();
    reload();
  };
  return (
    <section class="card">
      <div class="head">
        <h2>{t().keys}</h2>
        <DoLink role="admin" sheet="new-key">
          {t().newKey}
        </DoLink>
      </div>
      {problem ? <ProblemBox problem={problem} retry={reload} /> : null}
      {made ? (
        <div class="warning" role="status">
          <p>{t().keyOnce}</p>
          <p class="code break">{made}</p>
        </div>
      ) : null}
      {data ? (
        <Table
          title={t().keys}
          rows={data.items}
          keyOf={(each) => each.name}
          columns={[
            { title: t().name, show: (each) => <bdi class="name">{each.name}</bdi> },
            { title: t().role, show: (each) => word(each.role) },
            {
              title: t().ledgers,
              show: (each) => (each.ledgers.includes("*") ? t().all : each.ledgers.join(", ")),
            },
            {
              title: t().actions,
              show: (each) => (
                <a href={withQuery({ do: "remove-key", key: each.name })}>{t().remove}</a>
              ),
            },
          ]}
        />
      ) : null}
      <Sheet name="new-key" title={t().newKey}>
        <KeyForm
          onDone={(key) => {
            setMade(key);
            done();
          }}
        />
      </Sheet>
      <Sheet name="remove-key" title={t().removeKey(param("key"))}>
        <p class="soft">{t().removeKeyHint}</p>
        <WriteForm
          name={`remove-key/${param("key")}`}
          action={t().remove}
          isDanger
          fields={[]}
          onCancel={closeSheet}
          onDone={done}
          send={async () => {
            const path = { key: param("key") };
            await ask(api.DELETE("/v1/keys/{key}", { params: { path } }));
          }}
        />
      </Sheet>
    </section>
  );
}

function KeyForm({ onDone }: { onDone: (key: string | null) => void }) {
  const own = session.value?.ledgers ?? [];
  const choices = own.includes("*") ? ["*", ...(ledgers.value ?? [])] : own;
  const made = useRef<string | null>(null);
  return (
    <WriteForm
      name="new-key"
      action={t().newKey}
      onCancel={closeSheet}
      onDone={() => onDone(made.current)}
      fields={[
        { name: "name", label: t().name, required: true, autofocus: true, hint: t().keyNameHint },
        {
          name: "role",
          label: t().role,
          kind: "select",
          initial: "reader",
          options: (["reader", "teller", "admin"] as const).map((each) => [each, word(each)]),
        },
        {
          name: "ledger",
          label: t().ledger,
          kind: "select",
          initial: choices[0] ?? "*",
          options: choices.map((each) => [each, each === "*" ? t().all : each]),
        },
      ]}
      send={async (values) => {
        const answer: Schemas["KeyInfo"] = await ask(
          api.POST("/v1/keys", {
            body: {
              name: values.name?.trim() ?? "",
              role: values.role ?? "reader",
              ledgers: [values.ledger ?? "*"],
            },
          }),
        );
        made.current = answer.key ?? null;
      }}
    />
  );
}
