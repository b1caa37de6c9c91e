import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { go, param, withQuery } from "../app/router";
import { t } from "../texts/texts";

/** Closes what `do` in the address has opened. */
export const closeSheet = (): void => go(withQuery({ do: null }), true);

/** A form above the page. It has an address of its own, `do=...`, so Back closes it. */
export function Sheet({
  name,
  title,
  children,
}: {
  name: string;
  title: string;
  children: ComponentChildren;
}) {
  const isOpen = param("do") === name;
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    if (isOpen && !dialog.current?.open) dialog.current?.showModal();
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        closeSheet();
      }}
    >
      <div class="head">
        <h2 id={heading}>{title}</h2>
        <button type="button" class="quiet" onClick={closeSheet} aria-label={t().close}>
          ✕
        </button>
      </div>
      {children}
    </dialog>
  );
}
