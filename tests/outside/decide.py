#!/usr/bin/env python3
"""Decides a chain again, in another language, by docs/protocol.md and the ledger's rules alone.

    python3 tests/outside/decide.py bank.db

Reads the blocks of an SQLite ledger of one site and checks the chain (numbers, hashes, canonical
form), that each id is decided once, and that each transfer, transaction, hold, capture, void,
revert and change of an account was taken or refused as it must be. Ends with 1 if
anything is wrong. Entries of billing are counted and not decided.
"""

import hashlib
import heapq
import json
import sqlite3
import sys
from collections import Counter, defaultdict

UNLIMITED = 1 << 60
WORLD = "@world"


def canonical(value):
    """RFC 8785, for what occurs on a chain."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def blocks(path):
    """The blocks of a ledger's file, in order, as bytes."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as file:
        for (body,) in file.execute(
            "SELECT body FROM documents WHERE id LIKE 'block:main:%' ORDER BY id"
        ):
            yield body


class Book:
    """What the entries so far come to."""

    def __init__(self):
        self.asset = None
        self.balances = defaultdict(int)  # by account and asset
        self.reserved = defaultdict(int)  # what open holds keep from spending
        self.coming = defaultdict(int)  # what open holds may still bring
        self.overdraft = defaultdict(int)
        self.ceiling = {}
        self.closed = set()
        self.entries = {}  # by id: the entry and its block
        self.holds = {}  # by id: the hold's entry, and what became of it
        self.ends = []  # of holds, by time
        self.reverted = defaultdict(int)
        self.faults = []
        self.counts = Counter()
        self.height = 0
        self.head = "0" * 64

    def fault(self, *what):
        self.faults.append((self.height, *what))

    def spendable(self, place):
        if place[0] == WORLD or self.overdraft[place] == UNLIMITED:
            return UNLIMITED
        return self.balances[place] - self.reserved[place] + self.overdraft[place]

    def block(self, body):
        block = json.loads(body)
        self.height += 1
        hashed = {k: v for k, v in block.items() if k not in ("_id", "_rev", "hash")}
        if (
            block["height"] != self.height
            or block["_id"] != f"block:main:{self.height:012}"
            or block["prev"] != self.head
            or block["hash"] != hashlib.sha256(canonical(hashed)).hexdigest()
            or body != canonical(block)
        ):
            self.fault("is not the next block")
        self.head = block["hash"]
        while self.ends and self.ends[0][0] <= block["time"]:
            self.end(heapq.heappop(self.ends)[1], "hold_expired")
        for entry in block["entries"]:
            self.entry(entry)

    def entry(self, entry):
        if entry["id"] in self.entries:
            self.fault(entry["id"], "was decided before", self.entries[entry["id"]])
        decide = getattr(self, "decide_" + entry["type"], None)
        self.counts[entry["type"] if decide else "not decided again"] += 1
        if decide:
            refusals, apply = decide(entry)
            if entry["status"] == "successful":
                if refusals:
                    self.fault(entry["id"], "was taken in spite of", refusals)
                apply()
            elif entry["reason"] not in refusals:
                self.fault(entry["id"], "was refused for", entry["reason"], "and not for", refusals)
        self.entries[entry["id"]] = (entry, self.height)

    def end(self, hold, why):
        entry, ended = self.holds[hold]
        if ended:
            return
        self.holds[hold] = (entry, why)
        for _, place, amount in self.moves(entry, "from"):
            self.reserved[place] -= amount
        for _, place, amount in self.moves(entry, "to"):
            self.coming[place] -= amount

    def moves(self, entry, side):
        """The postings of an entry, as account of one side and amount."""
        for posting in entry.get("postings", [entry]):
            asset = posting.get("asset", self.asset)
            yield posting, (posting[side], asset), posting["amount"]

    def net(self, entry):
        change = defaultdict(int)
        for _, place, amount in self.moves(entry, "from"):
            change[place] -= amount
        for _, place, amount in self.moves(entry, "to"):
            change[place] += amount
        return change

    def credited(self, entry, side="to"):
        return {place for _, place, _ in self.moves(entry, side)}

    def limits(self, change, credited, finishes=False):
        """Why a change of balances cannot be, if it cannot."""
        refusals = set()
        for place, amount in change.items():
            if not finishes and place in self.closed:
                refusals.add("account_closed")
            if amount < 0 and self.spendable(place) + amount < 0:
                refusals.add("insufficient_funds")
            above = self.balances[place] + self.coming[place] + amount
            if place in credited and above > self.ceiling.get(place, UNLIMITED):
                refusals.add("limit_exceeded")
        return refusals

    def move(self, change):
        for place, amount in change.items():
            self.balances[place] += amount

    def decide_ledger(self, entry):
        def apply():
            self.asset = entry.get("asset", self.asset)

        return set(), apply

    def decide_transfer(self, entry):
        change = self.net(entry)
        return self.limits(change, self.credited(entry)), lambda: self.move(change)

    decide_transaction = decide_transfer

    def decide_hold(self, entry):
        def apply():
            self.holds[entry["id"]] = (entry, None)
            heapq.heappush(self.ends, (entry["expires"], entry["id"]))
            for _, place, amount in self.moves(entry, "from"):
                self.reserved[place] += amount
            for _, place, amount in self.moves(entry, "to"):
                self.coming[place] += amount

        return self.limits(self.net(entry), self.credited(entry)), apply

    def resolve(self, entry, why):
        """The hold that a capture or void names, and what says no to it."""
        hold, ended = self.holds.get(entry["hold"], (None, "hold_not_found"))
        if hold and ended is None and entry.get("amount", 0) > hold["amount"]:
            ended = "exceeds_hold"
        return hold, {ended} - {None}, lambda: self.end(entry["hold"], why)

    def decide_capture(self, entry):
        hold, refusals, end = self.resolve(entry, "hold_captured")
        if not refusals:
            for _, place, reserved in self.moves(hold, "to"):
                above = self.balances[place] + self.coming[place] - reserved + entry["amount"]
                if above > self.ceiling.get(place, UNLIMITED):  # lowered since
                    refusals.add("limit_exceeded")

        def apply():
            end()
            self.move(self.net(hold | {"amount": entry["amount"]}))

        return refusals, apply

    def decide_void(self, entry):
        _, refusals, end = self.resolve(entry, "hold_voided")
        return refusals, end

    def decide_revert(self, entry):
        original, _ = self.entries.get(entry["reverts"], (None, 0))
        if original is None or original["status"] != "successful":
            return {"transfer_not_found", "not_reversible"}, lambda: None
        whole = "postings" in original
        change = defaultdict(int)
        for place, amount in self.net(original).items():
            change[place] -= amount
        if not whole and entry["status"] == "successful":
            part = entry["amount"]
            change = defaultdict(int, {p: part if a > 0 else -part for p, a in change.items()})
        taken = 1 if whole else entry.get("amount", original["amount"])
        left = (1 if whole else original["amount"]) - self.reverted[entry["reverts"]]
        refusals = self.limits(change, self.credited(original, "from"), finishes=True)
        if original["type"] not in ("transfer", "transaction", "capture") or (
            whole and "amount" in entry
        ):
            refusals.add("not_reversible")
        if left <= 0:
            refusals.add("already_reverted")
        elif taken > left:
            refusals.add("exceeds_transfer")

        def apply():
            self.reverted[entry["reverts"]] += taken
            self.move(change)

        return refusals, apply

    def decide_account(self, entry):
        place = (entry["account"], entry.get("asset", self.asset))
        overdraft = entry.get("overdraft", self.overdraft[place])
        overdraft = UNLIMITED if overdraft == "unlimited" else overdraft
        refusals = set()
        if overdraft != UNLIMITED and self.balances[place] - self.reserved[place] < -overdraft:
            refusals.add("insufficient_funds")
        ceiling = entry.get("ceiling", self.ceiling.get(place, UNLIMITED))
        ceiling = UNLIMITED if ceiling == "none" else ceiling
        if self.balances[place] + self.coming[place] > ceiling:
            refusals.add("limit_exceeded")

        def apply():
            self.overdraft[place] = overdraft
            self.ceiling[place] = ceiling
            if entry.get("closed") is not None:
                (self.closed.add if entry["closed"] else self.closed.discard)(place)

        return refusals, apply

    def finish(self):
        """What must hold whatever was decided."""
        for asset in {asset for _, asset in self.balances}:
            total = sum(b for (_, of), b in self.balances.items() if of == asset)
            if total:
                self.fault(asset, "does not sum to zero but to", total)
        for place in self.balances:
            if self.spendable(place) < 0:
                self.fault(place, "is below its floor")
        return self


def decide(path):
    book = Book()
    for body in blocks(path):
        book.block(body)
    return book.finish()


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    book = decide(sys.argv[1])
    for fault in book.faults[:20]:
        print("block", *fault)
    print(
        f"{book.height} blocks, {len(book.entries)} entries, {len(book.faults)} faults:",
        ", ".join(f"{n} {kind}" for kind, n in sorted(book.counts.items())),
    )
    sys.exit(1 if book.faults else 0)


if __name__ == "__main__":
    main()
