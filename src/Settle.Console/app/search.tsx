import { signal } from "@preact/signals";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { t } from "../texts/texts";
import { go, to } from "./router";
import { screens } from "./screens";
import { find, type Found } from "./find";

const isOpen = signal(false);
const Pause = 200;

export const openSearch = (): void => {
  isOpen.value = true;
};

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    isOpen.value = !isOpen.value;
  }
});

/** Finds by what is typed: pages first, then what the ledger has. */
export function SearchDialog() {
  return isOpen.value ? <Opened /> : null;
}

function Opened() {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [text, setText] = useState("");
  const [found, setFound] = useState<Found[]>([]);
  const [chosen, setChosen] = useState(0);
  const [state, setState] = useState<"idle" | "reading" | "failed">("idle");
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    const wanted = text.trim();
    setChosen(0);
    if (!wanted) {
      setFound([]);
      setState("idle");
      return;
    }
    let isOld = false;
    setState("reading");
    const timer = setTimeout(() => {
      find(wanted).then(
        (items) => {
          if (isOld) return;
          setFound(items);
          setState("idle");
        },
        () => !isOld && setState("failed"),
      );
    }, Pause);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [text]);
  const lower = text.trim().toLowerCase();
  const pages: Found[] = screens
    .filter((screen) => !screen.isInner && screen.title().toLowerCase().includes(lower))
    .map((screen) => ({
      kind: t().page,
      name: screen.title(),
      href: to(screen.path ? [screen.path] : []),
    }));
  const all = lower ? [...found, ...pages] : pages;
  const close = () => {
    isOpen.value = false;
  };
  const follow = (item: Found | undefined) => {
    if (!item) return;
    close();
    go(item.href);
  };
  function onKey(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && all.length) {
      event.preventDefault();
      setChosen((chosen + step + all.length) % all.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      follow(all[chosen]);
    }
  }
  return (
    <dialog
      ref={dialog}
      class="search"
      aria-label={t().search}
      onClose={close}
      onClick={(e) => {
        if (e.target === dialog.current) close();
      }}
    >
      <input
        type="search"
        list={undefined}
        role="combobox"
        aria-label={t().search}
        placeholder={t().searchFor}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        autoFocus
        autoComplete="off"
        spellcheck={false}
        aria-activedescendant={all[chosen] ? `${id}-${chosen}` : undefined}
        value={text}
        onInput={(e) => setText(e.currentTarget.value)}
        onKeyDown={onKey}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={t().found}>
        {all.map((item, i) => (
          <li
            key={`${item.href}`}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === chosen}
            onClick={() => follow(item)}
          >
            <bdi>{item.name}</bdi>
            <span class="soft"> {item.kind}</span>
            {item.more ? (
              <span class="soft more">
                <bdi>{item.more}</bdi>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <p class="soft status" role="status">
        {state === "reading"
          ? t().loading
          : state === "failed"
            ? t().searchFailed
            : lower && all.length === 0
              ? t().nothingFound
              : ""}
      </p>
    </dialog>
  );
}
