import { useEffect, useId, useRef, useState } from "preact/hooks";
import { go, param, withQuery } from "../app/router";
import { t } from "../texts/texts";

const Pause = 300;

/** A search in the address. What is typed stays while the list is drawn again. */
export function SearchFilter({ name = "q", label }: { name?: string; label: string }) {
  const id = useId();
  const given = param(name);
  const [text, setText] = useState(given);
  const sent = useRef(given);
  useEffect(() => {
    if (given !== sent.current) {
      sent.current = given;
      setText(given);
    }
  }, [given]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      go(withQuery({ [name]: text.trim() || null }), true);
    }, Pause);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div class="filter search">
      <label class="hidden" for={id}>
        {label}
      </label>
      <input
        id={id}
        type="search"
        value={text}
        placeholder={label}
        autoComplete="off"
        spellcheck={false}
        onInput={(e) => setText(e.currentTarget.value)}
      />
    </div>
  );
}

/** A choice in the address. */
export function SelectFilter({
  name,
  label,
  options,
}: {
  name: string;
  label: string;
  options: readonly (readonly [string, string])[];
}) {
  const id = useId();
  return (
    <div class="filter">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={param(name)}
        onChange={(e) => go(withQuery({ [name]: e.currentTarget.value || null }))}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A day in the address. */
export function DayFilter({ name, label }: { name: string; label: string }) {
  const id = useId();
  return (
    <div class="filter">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="date"
        value={param(name)}
        onChange={(e) => go(withQuery({ [name]: e.currentTarget.value || null }))}
      />
    </div>
  );
}

/** Two days in the address. */
export const DaysFilter = ({ from = "from", until = "to" }: { from?: string; until?: string }) => (
  <>
    <DayFilter name={from} label={t().fromDay} />
    <DayFilter name={until} label={t().toDay} />
  </>
);
