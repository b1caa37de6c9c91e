namespace Settle.Simulation;

/// <summary>
/// A deposit of a customer on its whole way: asked for, paid, settled by an invoice, and then, in
/// any order, its money goes back, is given up, and what settled it is credited. The numbers are
/// guessed, so each is tried.
/// </summary>
internal sealed class DepositStory(Dice dice, string customer)
{
    private static readonly DateOnly Day = BillingWishes.LastDay;

    private readonly Queue<Func<string, Wish>> _left = new(
    [
        id => Charge(id, customer, 20, isDeposit: true),
        id => Run(id, customer, ""),
        id => new Wish(WishKind.Payment, id)
        {
            Amount = 5000, Bill = new Bill { Customer = customer, Date = Day },
        },
        id => Charge(id, customer, 2000, isDeposit: false),
        .. Shuffled(dice).Select(number => Settle(customer, number)),
        id => Charge(id, customer, 3000, isDeposit: false),
        .. Shuffled(dice).Select(number => Settle(customer, number)),
        .. Ends(dice),
    ]);

    /// <summary>The payment that pays the deposit.</summary>
    private string _payment = "nothing";

    public bool IsOver => _left.Count == 0;

    public Wish Next(string id)
    {
        var wish = _left.Dequeue()(id);
        if (wish is { Kind: WishKind.Payment, Amount: 5000 }) _payment = id;
        return wish.Kind == WishKind.Chargeback ? wish with { Reference = _payment } : wish;
    }

    private static List<Func<string, Wish>> Ends(Dice dice)
    {
        List<Func<string, Wish>> ends = [];
        if (dice.Below(2) == 0)
        {
            ends.Add(id => new Wish(WishKind.Chargeback, id) { Bill = new Bill { Date = Day } });
            var amount = dice.Between(1, 24);
            ends.AddRange(Shuffled(dice).Select(number => WriteOff(number, amount)));
        }
        var isRebill = dice.Below(2) == 0;
        ends.AddRange(Shuffled(dice).Select(number => Credit(number, isRebill)));
        return ends;
    }

    private static Func<string, Wish> Settle(string customer, string number) =>
        id => Run(id, customer, number);

    private static Func<string, Wish> WriteOff(string number, long amount) =>
        id => new Wish(WishKind.Payment, id)
        {
            Reference = number, Amount = amount, Bill = new Bill { WriteOff = true, Date = Day },
        };

    private static Func<string, Wish> Credit(string number, bool isRebill) =>
        id => new Wish(WishKind.CreditNote, id)
        {
            Reference = number, Bill = new Bill { Rebill = isRebill },
        };

    private static Wish Charge(string id, string customer, long amount, bool isDeposit) =>
        new(WishKind.Charge, id)
        {
            Amount = amount,
            Bill = new Bill { Customer = customer, Date = Day, IsDeposit = isDeposit },
        };

    private static Wish Run(string id, string customer, string settled) => new(WishKind.Run, id)
    {
        Bill = new Bill
        {
            Through = Day, Date = Day, Customer = customer,
            Settles = settled.Length == 0 ? [] : [settled],
        },
    };

    private static string[] Shuffled(Dice dice)
    {
        string[] numbers = ["2026-000001", "2026-000002", "2026-000003"];
        for (var i = numbers.Length - 1; i > 0; i--)
        {
            var other = dice.Below(i + 1);
            (numbers[i], numbers[other]) = (numbers[other], numbers[i]);
        }
        return numbers;
    }
}
