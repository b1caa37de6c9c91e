namespace Settle.Simulation;

/// <summary>
/// Wishes of a month's end from a seed: charges on both sides of it, runs that overlap, credit
/// notes and payments for numbers that may not be given yet, and money that goes back.
/// </summary>
internal sealed class BillingWishes(Dice dice) : IWishes
{
    /// <summary>Everything that is charged is of this day or before.</summary>
    public static readonly DateOnly LastDay = new(2026, 2, 28);

    private const string Desks = "desk";
    private const string Room = "room";

    private static readonly DateOnly MonthEnd = new(2026, 1, 31);
    private static readonly string[] Customers = ["ann", "bob", "cyd"];
    private static readonly string?[] Taxes = [null, "19", "7", "8.1", "0", "exempt", "20",
        "out_of_scope"];

    private static readonly DateOnly[] Days =
    [
        MonthEnd, MonthEnd, MonthEnd.AddDays(1), MonthEnd.AddDays(-1), new(2026, 1, 1),
        new(2025, 12, 31), LastDay,
    ];

    private static readonly DateOnly[] Throughs =
    [
        MonthEnd, MonthEnd, MonthEnd, MonthEnd.AddDays(-1), new(2025, 12, 31), LastDay,
    ];

    private readonly WishSource _money = new(dice, hasAllKinds: false);
    private readonly List<Wish> _made = [];
    private (string Customer, string Number) _settled = ("", "");
    private string _quote = "Q2026-000001";
    private int _moreRuns;
    private int _moreDebits;
    private DepositStory? _story;

    // In some worlds everybody owes euros, and a bank is told to collect them after each run.
    private readonly bool _collects = dice.Below(4) == 0;

    /// <summary>What has to be there before anything is charged.</summary>
    public Wish[] Foundation() =>
        [Seller("seller"), .. Customers.Select(customer => Customer($"is-{customer}", customer))];

    /// <summary>What bills all that is left.</summary>
    public static Wish LastRun =>
        new(WishKind.Run, "last") { Bill = new Bill { Through = LastDay } };

    public Wish Next()
    {
        if (_made.Count > 0 && dice.Chance(80)) return Again(dice.Of(_made));
        var id = $"{(char)('x' + dice.Below(3))}-{_made.Count + 1}";
        // Month's end is everybody's at once.
        var wish = _story is not null && dice.Below(4) > 0 ? _story.Next(id)
            : _moreRuns-- > 0 ? Run(id) : _moreDebits-- > 0 ? Debit(id) : New(id);
        if (_story is { IsOver: true }) _story = null;
        else if (_story is null && dice.Below(80) == 0)
            _story = new DepositStory(dice, dice.Of(Customers));
        if (wish.Kind == WishKind.Run && _moreRuns < 0) _moreRuns = dice.Below(4);
        if (_collects && wish.Kind == WishKind.Run && _moreDebits < 0)
            _moreDebits = 2 + dice.Below(3);
        _made.Add(wish);
        return wish;
    }

    public Wish[] Batch(int count)
    {
        var wishes = new Wish[count];
        for (var i = 0; i < count; i++)
        {
            wishes[i] = _made.Count > 0 && dice.Chance(40) && dice.Of(_made)
                is { Kind: WishKind.Charge } known
                ? Again(known) : Charge($"{(char)('x' + dice.Below(3))}-{_made.Count + 1}");
            _made.Add(wishes[i]);
        }
        return wishes;
    }

    // The same again, or another wish under the same id.
    private Wish Again(Wish known) => dice.Below(3) switch
    {
        0 when known.Amount > 0 => known with { Amount = known.Amount + 1 },
        1 when known.Kind == WishKind.Run => known with
        {
            Bill = known.Bill! with { Through = dice.Of(Throughs) },
        },
        1 when known.Kind == WishKind.Customer => known with
        {
            Bill = known.Bill! with { Name = known.Bill.Name + "e" },
        },
        _ => known,
    };

    private Wish New(string id) => dice.Below(100) switch
    {
        < 28 => Charge(id),
        < 31 => Quote(id),
        < 33 => Answer(id),
        < 35 => Debit(id),
        < 36 => new Wish(WishKind.Payout, id) { Bill = new Bill() },
        < 37 => new Wish(WishKind.SepaCancel, id)
        {
            Reference = IdOf(WishKind.Debit), Bill = new Bill(),
        },
        < 41 => _money.Next(),
        < 45 => Subscription(id),
        < 49 => new Wish(WishKind.SubscriptionEnd, id)
        {
            Bill = new Bill { Subscription = Desk(), End = dice.Of(Days) },
        },
        < 52 => Reprice(id),
        < 62 => Run(id),
        < 65 => Reminders(id),
        < 66 => Quote(id),
        < 68 => Answer(id),
        < 69 => new Wish(WishKind.ReminderHold, id)
        {
            Reference = Number(), Bill = new Bill { IsReleased = dice.Below(2) == 0 },
        },
        < 77 => CreditNote(id),
        < 86 => Payment(id),
        < 89 => Refund(id),
        < 93 => Chargeback(id),
        < 95 => new Wish(WishKind.Withdrawal, id) { Reference = ChargeId(), Bill = new Bill() },
        < 97 => Opening(id),
        < 98 => Customer(id, dice.Of(Customers)),
        _ => Seller(id),
    };

    private Wish Quote(string id)
    {
        var day = dice.Of(Days);
        return new Wish(WishKind.Quote, id)
        {
            Bill = new Bill
            {
                Customer = dice.Below(40) == 0 ? "nobody" : dice.Of(Customers), Tax = Tax(),
                IsGross = dice.Below(3) == 0, Date = day,
                Due = dice.Below(3) == 0 ? default : day.AddDays(dice.Below(30)),
                Offers = [.. Enumerable.Range(0, 1 + dice.Below(3)).Select(_ => Amount())],
            },
        };
    }

    // Half of them are about the same one again.
    private Wish Answer(string id)
    {
        var isDeclined = dice.Below(4) == 0;
        if (dice.Below(2) == 0) _quote = "Q" + MadeNumber();
        return new Wish(WishKind.QuoteAnswer, id)
        {
            Reference = _quote,
            Bill = new Bill
            {
                Date = dice.Of(Days), IsDeclined = isDeclined,
                IsLate = !isDeclined && dice.Below(4) == 0,
            },
        };
    }

    // Whatever is open by the end is due by then.
    private Wish Debit(string id) => new(WishKind.Debit, id)
    {
        Bill = new Bill { Through = LastDay.AddDays(dice.Below(2) * 60) },
    };

    private Wish Opening(string id)
    {
        var (amount, date) = (Amount(), dice.Of(Days));
        return new Wish(WishKind.Opening, id)
        {
            Reference = dice.Below(3) == 0 ? MadeNumber() : OldNumber(), Amount = amount,
            Asset = Asset(),
            Bill = new Bill
            {
                Customer = dice.Below(20) == 0 ? "nobody" : dice.Of(Customers), Date = date,
                Due = date.AddDays(dice.Below(30)),
                Gross = dice.Below(2) == 0 ? amount + dice.Between(1, 60) : 0,
            },
        };
    }

    private Wish Refund(string id) => new(WishKind.Refund, id)
    {
        Reference = dice.Below(3) == 0 ? "" : PaymentId(), Amount = Amount(),
        Bill = new Bill { Customer = dice.Of(Customers), Date = OrToday() },
    };

    private Wish Chargeback(string id) => new(WishKind.Chargeback, id)
    {
        Reference = PaymentId(), Amount = dice.Below(3) == 0 ? 0 : Amount(),
        Bill = new Bill { Fee = dice.Below(2) == 0 ? dice.Between(1, 9) : 0, Date = OrToday() },
    };

    private DateOnly? OrToday() => dice.Below(2) == 0 ? MonthEnd : null;

    private string PaymentId() => IdOf(WishKind.Payment);

    // Or the month of a subscription, or a fee.
    private string ChargeId() => dice.Below(6) switch
    {
        0 => $"{Desk()}:2026-0{1 + dice.Below(2)}" + (dice.Below(2) == 0 ? "-01" : ""),
        1 => IdOf(WishKind.Chargeback),
        _ => IdOf(WishKind.Charge),
    };

    private string IdOf(WishKind kind) => dice.Below(16) == 0 ? "nothing"
        : _made.FindLast(wish => wish.Kind == kind && dice.Below(3) > 0)?.Id ?? "nothing";

    private Wish Seller(string id) => new(WishKind.Seller, id)
    {
        Bill = new Bill
        {
            Name = $"Bench {dice.Below(2)}", Tax = dice.Below(3) == 0 ? "7" : "19",
            TaxRates = dice.Below(4) == 0 ? ["19", "7"] : ["19", "7", "8.1"],
            FirstNumbers = dice.Below(3) == 0 ? [] : FirstNumbers(),
            CashDiscount = dice.Of(["", "50/5,30/40"]),
            Levels = [(1 + dice.Below(3), 0), (9, 7), (20, dice.Below(3) * 5)],
        },
    };

    // Of the series that most numbers are of, and of one that most worlds never begin.
    private List<string> FirstNumbers()
    {
        var credits = dice.Below(3) == 0 ? "C" : "";
        var first = 1 + dice.Below(3);
        List<string> numbers = [$"{credits}2026-00000{first}"];
        if (first == 2) numbers.Add("Q2026-000004");
        if (dice.Below(2) == 0) numbers.Add($"{(credits.Length == 0 ? "C" : "")}2025-001043");
        return [.. numbers.Order(StringComparer.Ordinal)];
    }

    private Wish Customer(string id, string customer) => new(WishKind.Customer, id)
    {
        Asset = _collects || customer == "cyd" ? "EUR" : null,
        Bill = new Bill
        {
            Customer = customer, Name = $"{customer} {dice.Below(3)}", TermsDays = dice.Below(30),
            CashDiscount = dice.Of(["", "", "40/20", "none"]), IsNotReminded = dice.Below(6) == 0,
            Treatment = dice.Below(6) switch
            {
                0 => "exempt", 1 => "reverse_charge", _ => "standard",
            },
        },
    };

    private Wish Charge(string id)
    {
        var bill = new Bill
        {
            Customer = dice.Below(40) == 0 ? "nobody" : dice.Of(Customers), Tax = Tax(),
            IsGross = dice.Below(3) == 0, Date = dice.Below(12) == 0 ? null : dice.Of(Days),
            IsDeposit = dice.Below(6) == 0,
        };
        return dice.Below(5) != 0
            ? new Wish(WishKind.Charge, id) { Amount = Amount(), Asset = Asset(), Bill = bill }
            : new Wish(WishKind.Charge, id)
            {
                Asset = Asset(),
                Bill = bill with
                {
                    Quantity = dice.Between(1, 5000), UnitPrice = dice.Between(0, 2000),
                    Discount = dice.Below(4) == 0 ? dice.Between(1, 20) : 0,
                },
            };
    }

    private Wish Subscription(string id) => Priced(new Wish(WishKind.Subscription, id)
    {
        Bill = new Bill
        {
            Subscription = Desk(), Customer = dice.Of(Customers), IsGross = dice.Below(2) == 0,
            Tax = dice.Of(["19", "8.1", null]), Start = new DateOnly(2025, 12, 1 + dice.Below(31)),
            End = dice.Below(3) == 0 ? new DateOnly(2026, 1, 1 + dice.Below(31)) : null,
            Every = dice.Of(["", "", "week", "quarter", "year"]),
            Anchor = dice.Below(3) == 0 ? new DateOnly(2025, 12, 1 + dice.Below(31)) : null,
        },
    });

    private Wish Reprice(string id) => Priced(new Wish(WishKind.Reprice, id)
    {
        Bill = new Bill
        {
            Subscription = dice.Below(12) == 0 ? "nothing" : Room,
            Start = new DateOnly(2026, 1 + dice.Below(2), 1 + dice.Below(28)),
        },
    });

    // An amount, or a quantity and a unit price. Where prices change, no day comes to nothing.
    private Wish Priced(Wish wish)
    {
        var least = wish.Bill!.Subscription == Desks ? 0 : 2000;
        if (dice.Below(2) == 0) return wish with { Amount = (least / 4) + Amount() };
        return wish with
        {
            Bill = wish.Bill with
            {
                Quantity = least + dice.Between(1, 5000), UnitPrice = least + dice.Between(0, 2000),
                Discount = dice.Below(2) == 0 ? dice.Between(1, 20) : 0,
            },
        };
    }

    // Half of those that settle a deposit try the last one again.
    private Wish Run(string id)
    {
        var customer = dice.Below(3) == 0 ? dice.Of(Customers) : "";
        var settles = customer.Length > 0 && dice.Below(2) == 0;
        if (settles && (_settled.Number.Length == 0 || dice.Below(2) == 0))
            _settled = (customer, MadeNumber());
        if (settles) customer = _settled.Customer;
        return new Wish(WishKind.Run, id)
        {
            Bill = new Bill
            {
                Through = dice.Of(Throughs), Customer = customer,
                Date = dice.Below(3) == 0 ? dice.Of(Days) : null, IsDryRun = dice.Below(20) == 0,
                Settles = settles ? [_settled.Number] : [],
            },
        };
    }

    // Long enough after the last day for most invoices to be due.
    private Wish Reminders(string id) => new(WishKind.Reminders, id)
    {
        Bill = new Bill
        {
            Date = LastDay.AddDays(dice.Below(90)), IsDryRun = dice.Below(12) == 0,
            Customer = dice.Below(6) == 0 ? dice.Of(Customers) : "",
        },
    };

    private Wish CreditNote(string id)
    {
        if (dice.Below(3) == 0) return CreditOfLines(id);
        var isWhole = dice.Below(2) == 0;
        return new Wish(WishKind.CreditNote, id)
        {
            Reference = Number(), Amount = isWhole ? 0 : Amount(),
            Bill = new Bill { Rebill = isWhole && dice.Below(3) > 0 },
        };
    }

    private Wish CreditOfLines(string id)
    {
        var isRebill = dice.Below(3) == 0;
        var lines = new SortedDictionary<int, long>();
        for (var more = 1 + dice.Below(2); more > 0; more--)
        {
            lines[1 + dice.Below(4)] =
                isRebill || dice.Below(2) == 0 ? 0 : dice.Between(1, 2000);
        }
        return new Wish(WishKind.CreditNote, id)
        {
            Reference = Number(),
            Bill = new Bill
            {
                Rebill = isRebill, Lines = [.. lines.Select(line => (line.Key, line.Value))],
            },
        };
    }

    private Wish Payment(string id)
    {
        var isWriteOff = dice.Below(5) == 0;
        var isOfInvoice = dice.Below(3) != 0;
        return new Wish(WishKind.Payment, id)
        {
            Reference = isOfInvoice ? Number() : "",
            Amount = dice.Below(5) == 0 ? 5000 : Amount(),
            From = !isWriteOff && dice.Below(3) == 0 ? "Alex" : "", Asset = Asset(),
            Bill = new Bill
            {
                Customer = isOfInvoice ? "" : dice.Of(Customers), WriteOff = isWriteOff,
                Date = dice.Below(2) == 0 ? MonthEnd : null,
            },
        };
    }

    private string Number() => dice.Below(8) == 0 ? OldNumber() : MadeNumber();

    private string OldNumber() => $"old-{1 + dice.Below(3)}";

    private string MadeNumber() => string.Create(CultureInfo.InvariantCulture,
        $"{(dice.Below(30) == 0 ? "C" : "")}{(dice.Below(8) == 0 ? 2025 : 2026)}-")
        + (1 + dice.Below(4)).ToString("D6", CultureInfo.InvariantCulture);

    private string Desk() => dice.Below(2) == 0 ? Desks : Room;

    private string? Tax() => dice.Below(2) == 0 ? null : dice.Of(Taxes);

    private string? Asset() => dice.Below(16) switch { 0 => "EUR", 1 => "USD", _ => null };

    private long Amount() => dice.Below(3) == 0 ? dice.Between(1, 2000) : dice.Between(1, 60);
}
