const shapes: Record<string, string> = {
  home: "M3 10 10 4l7 6v7h-5v-4H8v4H3z",
  accounts: "M3 5h14v10H3zM3 8h14M6 12h4",
  transfers: "M4 7h11l-3-3M16 13H5l3 3",
  holds: "M6 9V6a4 4 0 0 1 8 0v3M4 9h12v8H4z",
  customers: "M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c0-3 3-5 6-5s6 2 6 5",
  charges: "M4 5h12M4 10h12M4 15h7",
  again: "M16 10a6 6 0 1 1-2-4.500M16 3v4h-4",
  quotes: "M5 3h7l3 3v11H5zM8 10h4M8 13h4",
  run: "M6 4l10 6-10 6z",
  invoices: "M5 3h10v14l-2.500-1.500L10 17l-2.500-1.500L5 17zM8 7h4M8 10h4",
  payments: "M3 6h14v8H3zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  bank: "M3 8l7-4 7 4zM5 8v6M10 8v6M15 8v6M3 16h14",
  reminders: "M6 14V9a4 4 0 0 1 8 0v5l1.500 1h-11zM9 17h2",
  reports: "M4 16V9M9 16V4M14 16v-5M3 17h14",
  blocks: "M4 4h5v5H4zM11 11h5v5h-5zM9 9l2 2",
  verify: "M10 3l6 2v5c0 4-3 6-6 7-3-1-6-3-6-7V5zM7 10l2 2 4-4",
  settings: "M4 6h12M4 10h12M4 14h12M7 4v4M13 8v4M9 12v4",
  check: "M4 10l4 4 8-8",
  more: "M3 5h14M3 10h14M3 15h14",
  search: "M9 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM13.500 13.500L17 17",
};

export const Icon = ({ name }: { name: string }) => (
  <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
    <path d={shapes[name] ?? ""} />
  </svg>
);
