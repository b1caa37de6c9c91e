#!/usr/bin/env python3
"""Attacks a ledger from outside and decides again what it said.

    python3 tests/outside/soak.py SETTLE FOLDER [--operations N] [--seed S]

Sixteen clients send transfers, batches, holds, captures, voids, reverts and transactions to two
servers (the program SETTLE) on one new file in FOLDER, repeat what was decided, with the same and
with other content, and go on until somebody answers. Meanwhile the servers are killed, ended and
frozen. At the end decide.py decides the chain again, and all that a client was told must be there.
"""

import argparse
import http.client
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import decide

PORTS = (7393, 7394)
CLIENTS = 16
AGAIN = (429, 500, 503, 504)  # a 500 is a fault, and noted


class Client:
    def __init__(self, number, seed, folder, count, stop):
        self.chance = random.Random(seed * 1000 + number)
        self.number, self.count, self.stop = number, count, stop
        self.log = open(f"{folder}/client{number}.log", "w")
        self.connections, self.transfers, self.holds, self.ids = {}, [], [], 0

    def run(self):
        while not self.stop.is_set():
            path, body = self.request()
            status, answer = self.ask(path, body)
            if status is None:
                break
            said = self.verdicts(path, body, status, answer)
            for request, verdict in said:
                self.note(path=path, request=request, **verdict)
            with self.count.get_lock():
                self.count.value += len(said)
            if self.chance.random() < 0.05:
                status, answer = self.ask(path, body)
                if status is None:
                    break
                if self.verdicts(path, body, status, answer) != said:
                    self.note(fault="a repeat is answered differently", path=path, request=body)
        self.log.close()

    def note(self, **what):
        self.log.write(json.dumps(what) + "\n")

    def ask(self, path, body):
        """Sends until somebody answers; (None, None) at the end of the run."""
        while not self.stop.is_set():
            port = self.chance.choice(PORTS)
            try:
                connection = self.connections.get(port)
                if connection is None:
                    patience = self.chance.choice((0.3, 5, 20))
                    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
                    self.connections[port] = connection
                headers = {"content-type": "application/json"}
                connection.request("POST", f"/v1/ledgers/x/{path}", json.dumps(body), headers)
                answer = connection.getresponse()
                text = answer.read()
                if answer.status not in AGAIN:
                    return answer.status, json.loads(text)
                if answer.status == 500:
                    self.note(fault="500", path=path, request=body, answer=text.decode())
                time.sleep(0.05)
            except (OSError, http.client.HTTPException):
                if port in self.connections:
                    self.connections.pop(port).close()
                time.sleep(0.02)
        return None, None

    @staticmethod
    def verdicts(path, body, status, answer):
        if path == "transfers/batch":
            pairs = list(zip(body, answer))
        else:
            pairs = [(body, answer | ({} if status < 300 else {"status": "rejected"}))]
        # Voiding is answered with the hold, whose block is its own.
        return [
            (
                request,
                {
                    "status": said["status"],
                    "reason": said.get("reason"),
                    "block": None if path.endswith("/void") else said.get("block"),
                },
            )
            for request, said in pairs
        ]

    def id(self, kind):
        self.ids += 1
        return f"{kind}{self.number}-{self.ids}-{self.chance.randrange(1 << 20)}"

    def account(self, other=None):
        while True:
            name = f"a{self.chance.randrange(60)}"
            if name != other:
                return name

    def transfer(self):
        payer = "@world" if self.chance.random() < 0.25 else self.account()
        amount = self.chance.randrange(1, 3000)
        request = {"from": payer, "to": self.account(payer), "amount": amount, "id": self.id("t")}
        self.transfers.append(request)
        return request

    def batch(self):
        body = [self.transfer() for _ in range(self.chance.randrange(1, 100))]
        for _ in range(self.chance.randrange(4)):
            again = dict(self.chance.choice(self.transfers))
            if self.chance.random() < 0.5:
                again["amount"] += 1
            body.append(again)
        self.chance.shuffle(body)
        return body

    def request(self):
        kind = self.chance.random()
        if kind < 0.25:
            return "transfers", self.transfer()
        if kind < 0.75:
            return "transfers/batch", self.batch()
        if kind < 0.85 or not self.holds:
            request = {"id": self.id("h"), "from": self.account(), "to": "shop"}
            self.holds.append(request["id"])
            ends = self.chance.choice((1, 2, 30, 3600))
            return "holds", request | {"amount": self.chance.randrange(1, 2000), "expires_in": ends}
        hold = self.chance.choice(self.holds[-30:])
        if kind < 0.9:
            return f"holds/{hold}/capture", {
                "id": self.id("c"),
                "amount": self.chance.randrange(1, 2200),
            }
        if kind < 0.93:
            return f"holds/{hold}/void", {"id": self.id("v")}
        if kind < 0.96 and self.transfers:
            transfer = self.chance.choice(self.transfers)["id"]
            return f"transfers/{transfer}/revert", {"id": self.id("r")}
        postings = []
        for _ in range(self.chance.randrange(1, 5)):
            payer = self.account()
            amount = self.chance.randrange(1, 1500)
            postings.append({"from": payer, "to": self.account(payer), "amount": amount})
        return "transactions", {"id": self.id("x"), "postings": postings}


def faults_told(book, folder):
    """What clients were told and the chain does not say."""
    faults, told = [], 0
    for number in range(CLIENTS):
        for line in open(f"{folder}/client{number}.log"):
            said = json.loads(line)
            if "fault" in said:
                faults.append(said)
                continue
            told += 1
            request = said["request"]
            entry, block = book.entries.get(request["id"], (None, None))
            same = entry is not None and all(
                entry.get(member) == request[member] for member in ("from", "to", "amount")
                if member in request
            )
            if said["reason"] == "id_reused":
                if entry is None or same:
                    faults.append(("told of another request", said))
            elif entry is None:
                faults.append(("lost", said))
            elif not same:
                faults.append(("recorded otherwise", said, entry))
            elif (entry["status"], entry.get("reason")) != (said["status"], said["reason"]):
                faults.append(("told otherwise", said, entry))
            elif said["block"] not in (None, block):
                faults.append(("told of another block", said, block))
    return told, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("settle", help="the program")
    parser.add_argument("folder", help="a new folder for the ledger and the logs")
    parser.add_argument("--operations", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    wanted = parser.parse_args()
    os.makedirs(wanted.folder)
    ledger = f"{wanted.folder}/x.db"
    program = [wanted.settle]
    subprocess.check_call(program + ["init", "--asset", "EUR", "--ledger", ledger])

    def serve(port):
        log = open(f"{wanted.folder}/server{port}.log", "a")
        where = ["--ledger", ledger, "--listen", f"127.0.0.1:{port}"]
        return subprocess.Popen(program + ["serve", *where], stdout=log, stderr=log)

    servers = {port: serve(port) for port in PORTS}
    count, stop = multiprocessing.Value("l", 0), multiprocessing.Event()
    clients = [
        multiprocessing.Process(
            target=Client(number, wanted.seed, wanted.folder, count, stop).run
        )
        for number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    chance, done = random.Random(wanted.seed), Counter()
    while count.value < wanted.operations:
        time.sleep(chance.uniform(1, 5))
        port = chance.choice(PORTS)
        how = chance.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP))
        done[how.name] += 1
        servers[port].send_signal(how)
        time.sleep(chance.uniform(0, 4))
        if how == signal.SIGSTOP:
            servers[port].send_signal(signal.SIGCONT)
        else:
            servers[port].wait()
            servers[port] = serve(port)
        print(f"\r{count.value} of {wanted.operations} operations", end="", file=sys.stderr)
    stop.set()
    for client in clients:
        client.join()
    for server in servers.values():
        server.terminate()
        server.wait()
    book = decide.decide(ledger)
    told, faults = faults_told(book, wanted.folder)
    for fault in (book.faults + faults)[:20]:
        print(fault)
    print(
        f"seed {wanted.seed}: {told} operations, {', '.join(f'{n} {w}' for w, n in done.items())};",
        f"{book.height} blocks, {len(book.faults)} faults in the chain, {len(faults)} in answers",
    )
    sys.exit(1 if book.faults or faults else 0)


if __name__ == "__main__":
    main()
