import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export type Kind =
  | "text"
  | "amount"
  | "day"
  | "select"
  | "check"
  | "area"
  | "number"
  | "email"
  | "password";

export interface FieldProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  kind?: Kind;
  hint?: string | undefined;
  error?: string | null;
  options?: readonly (readonly [value: string, label: string])[];
  suggestions?: readonly string[];
  required?: boolean;
  disabled?: boolean;
  autofocus?: boolean;
  unit?: string | undefined;
  placeholder?: string | undefined;
}

const typeOf = (kind: Kind): "date" | "email" | "password" | "text" =>
  kind === "day" ? "date" : kind === "email" || kind === "password" ? kind : "text";

/** A label with its input, its hint and what is wrong with it. */
export function Field(props: FieldProps) {
  const id = useId();
  const { kind = "text", value, onValue } = props;
  const told = props.error ? `${id}-error` : props.hint ? `${id}-hint` : undefined;
  const common = {
    id,
    required: props.required ?? false,
    disabled: props.disabled ?? false,
    "aria-invalid": props.error ? true : undefined,
    "aria-describedby": told,
    autoFocus: props.autofocus ?? false,
  };
  let input: ComponentChildren;
  if (kind === "select") {
    input = (
      <select {...common} value={value} onChange={(e) => onValue(e.currentTarget.value)}>
        {props.options?.map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    );
  } else if (kind === "check") {
    input = (
      <input
        {...common}
        required={false}
        type="checkbox"
        checked={value === "true"}
        onChange={(e) => onValue(e.currentTarget.checked ? "true" : "")}
      />
    );
  } else if (kind === "area") {
    input = (
      <textarea
        {...common}
        rows={3}
        value={value}
        onInput={(e) => onValue(e.currentTarget.value)}
      />
    );
  } else {
    // The types of the attributes do not know that a type may be one of several.
    const type = typeOf(kind) as "text";
    input = (
      <input
        {...common}
        type={type}
        value={value}
        autoComplete="off"
        spellcheck={false}
        placeholder={props.placeholder ?? ""}
        inputMode={kind === "amount" || kind === "number" ? "decimal" : undefined}
        list={props.suggestions?.length ? `${id}-list` : undefined}
        onInput={(e) => onValue(e.currentTarget.value)}
      />
    );
  }
  return (
    <div class={kind === "number" ? "field" : `field ${kind}`}>
      <label for={id}>
        {props.label}
        {props.unit ? <span class="unit"> ({props.unit})</span> : null}
      </label>
      {input}
      {props.suggestions?.length ? (
        <datalist id={`${id}-list`}>
          {props.suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      ) : null}
      {props.hint && !props.error ? (
        <p id={`${id}-hint`} class="hint">
          {props.hint}
        </p>
      ) : null}
      {props.error ? (
        <p id={`${id}-error`} class="error">
          <bdi>{props.error}</bdi>
        </p>
      ) : null}
    </div>
  );
}
