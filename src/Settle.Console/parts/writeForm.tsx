import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useWrite, type Write } from "../api/write";
import { t } from "../texts/texts";
import { Field, type FieldProps } from "./field";
import { ownAsset, readAmount } from "./money";
import { signs } from "./format";
import { ProblemBox } from "./problemBox";

export type Values = Record<string, string>;

export interface FieldSpec extends Omit<FieldProps, "value" | "onValue" | "error"> {
  name: string;
  /** The asset that an amount is of; the ledger's if absent. */
  asset?: string | undefined;
  /** The member that the server calls it, if that is another name. */
  member?: string;
  initial?: string;
}

interface Props {
  /** Names the form among those of this ledger. */
  name: string;
  fields: FieldSpec[] | ((values: Values) => FieldSpec[]);
  action: string;
  send: (values: Values, id: string) => Promise<void>;
  onDone: () => void;
  onCancel?: (() => void) | undefined;
  isDanger?: boolean;
  /** What the form shows of the values, such as a preview. */
  preview?: (values: Values, write: Write<Values>) => ComponentChildren;
}

/** What is wrong with a value that the page itself can see. */
function faultOf(field: FieldSpec, value: string): string | null {
  if (field.required && !value.trim()) return t().isNeeded;
  if (
    field.kind === "amount" &&
    value.trim() &&
    readAmount(value, field.asset ?? ownAsset.value) === null
  ) {
    return t().notAnAmount(value, `1${signs().group}234${signs().point}50`);
  }
  return null;
}

const listOf = (fields: Props["fields"], values: Values) =>
  typeof fields === "function" ? fields(values) : fields;

/** A form whose request is made once, whatever happens on the way. */
export function WriteForm(props: Props) {
  const initial = Object.fromEntries(
    listOf(props.fields, {}).map((field) => [field.name, field.initial ?? ""]),
  );
  const write = useWrite<Values>(props.name, initial, props.send);
  const [isTried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const fields = listOf(props.fields, write.values);
  const isBusy = write.state === "sending" || write.state === "unknown";
  useEffect(() => {
    if (write.state === "done") props.onDone();
  }, [write.state]);

  const faults = new Map(
    fields.map((field) => [field.name, faultOf(field, write.values[field.name] ?? "")]),
  );
  const saidOf = (field: FieldSpec) =>
    write.problem &&
    !write.problem.isPassing &&
    write.problem.field !== null &&
    [field.name, field.member].includes(write.problem.field)
      ? write.problem.message
      : null;

  function submit(event: Event): void {
    event.preventDefault();
    setTried(true);
    if ([...faults.values()].some((fault) => fault !== null)) {
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(),
      );
      return;
    }
    write.submit();
  }

  return (
    <form ref={form} class="write" onSubmit={submit} noValidate>
      <div class="fields">
        {fields.map((field) => (
          <Field
            key={field.name}
            {...field}
            value={write.values[field.name] ?? ""}
            unit={
              field.unit ?? (field.kind === "amount" ? (field.asset ?? ownAsset.value) : undefined)
            }
            error={saidOf(field) ?? (isTried ? (faults.get(field.name) ?? null) : null)}
            disabled={isBusy || (field.disabled ?? false)}
            onValue={(value) => write.set({ [field.name]: value })}
          />
        ))}
      </div>
      {props.preview?.(write.values, write)}
      {write.problem && !isBusy ? <ProblemBox problem={write.problem} /> : null}
      {write.state === "unknown" ? (
        <div class="problem unknown" role="status">
          <p>{t().outcomeUnknown}</p>
          <p class="soft">{t().askingAgain}</p>
        </div>
      ) : null}
      <div class="actions">
        <button type="submit" class={props.isDanger ? "danger" : "primary"} disabled={isBusy}>
          {isBusy ? t().sending : props.action}
        </button>
        {props.onCancel ? (
          <button
            type="button"
            disabled={write.state === "unknown"}
            onClick={() => {
              write.forget();
              props.onCancel?.();
            }}
          >
            {t().cancel}
          </button>
        ) : null}
      </div>
    </form>
  );
}
