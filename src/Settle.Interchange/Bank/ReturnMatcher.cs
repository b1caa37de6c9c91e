using Settle.Billing;

namespace Settle.Bank;

/// <summary>
/// Finds the payments that a bank took back: by the payer's reference or the invoice that they
/// paid, and by what is left of them. Pure.
/// </summary>
internal sealed class ReturnMatcher
{
    // A shorter reference may well be another's, too.
    private const int ReferenceMin = 6;

    private readonly NumberIndex<List<BankPayment>> _byInvoice = new();
    private readonly Dictionary<string, List<BankPayment>> _byWord = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Asset, long Left), List<BankPayment>> _byLeft = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public ReturnMatcher(IReadOnlyList<Payment> payments)
    {
        foreach (var payment in payments.Where(each => !each.WriteOff))
            Add(BankPayment.Of(payment));
    }

    /// <summary>
    /// Adds a payment that may be taken back, unless all of it went back before.
    /// </summary>
    public void Add(BankPayment payment)
    {
        if (payment.Left <= 0) return;
        foreach (var number in payment.Invoices)
        {
            // A credit note's number is not that of the invoice within it.
            var credit = NumberSeries.CreditPrefix + number;
            if (_byInvoice[credit] is null) _byInvoice.Set(credit, []);
            if (_byInvoice[number] is not { } paid) _byInvoice.Set(number, paid = []);
            paid.Add(payment);
        }
        foreach (var word in (payment.Reference ?? "").Split(' ').Distinct()
            .Where(word => word.Length >= ReferenceMin))
            Add(_byWord, word, payment);
        Add(_byLeft, (payment.Asset, payment.Left), payment);
    }

    public BankMatch Match(BankLine line)
    {
        var amount = (line.Original ?? line.Amount) - line.Posted;
        var named = (line.EndToEnd is { } reference ? _byWord.GetValueOrDefault(reference) : null)
            ?? [.. _byInvoice.Find($"{line.Text} {line.More}").SelectMany(each => each).Distinct()];
        var found = named.Where(payment => Fits(line, payment)).ToList();
        var exact = found.Where(payment => payment.Left == amount).ToList();
        if (exact.Count == 1)
            return Certain(line, "takes back the payment that it names", exact);
        if (exact.Count == 0 && found.Count > 1
            && found.Sum(payment => (decimal)payment.Left) == amount)
            return Certain(line, "takes back the payments that it names", found);
        if (exact.Count > 1)
        {
            return Doubtful(line, "takes back one of several payments that it names", exact[0],
                amount);
        }
        if (found.Count > 0)
        {
            return Doubtful(line, found[0].Left > amount
                ? "takes back part of a payment" : "takes back more than the payment that it names",
                found[0], amount);
        }
        var alike = (_byLeft.GetValueOrDefault((line.Asset, amount)) ?? [])
            .Where(payment => Fits(line, payment)).Take(2).ToList();
        return alike is [var only]
            ? Doubtful(line, "takes back a payment that it does not name; the amount matches only "
                + "one", only, amount)
            : new BankMatch(line, BankLineStatus.Doubtful,
                "takes back a payment, and it is not known which", []);
    }

    /// <summary>Keeps what is taken back from being taken back again.</summary>
    public void Take(IReadOnlyList<ChargebackRequest> chargebacks)
    {
        foreach (var chargeback in chargebacks) _taken.Add(chargeback.Payment);
    }

    private bool Fits(BankLine line, BankPayment payment) => payment.Asset == line.Asset
        && payment.Date <= line.Date && !_taken.Contains(payment.Id)
        && !line.TakenBack.Contains(payment.Id);

    private static BankMatch Certain(BankLine line, string reason, List<BankPayment> payments) =>
        new(line, BankLineStatus.Certain, reason, [])
        {
            Chargebacks = [.. payments.Select(
                (payment, at) => Of(line, at, payment, payment.Left))],
        };

    private static BankMatch Doubtful(
        BankLine line, string reason, BankPayment payment, long amount) =>
        new(line, BankLineStatus.Doubtful, reason, [])
        {
            Chargebacks = [Of(line, 0, payment, long.Min(payment.Left, amount))],
        };

    // What the bank asks for is in the line's amount, once.
    private static ChargebackRequest Of(BankLine line, int at, BankPayment payment, long amount) =>
        new()
        {
            Id = line.PaymentId(at),
            Payment = payment.Id,
            Amount = Money.OfMinor(amount, line.Asset),
            Fee = at == 0 && line.Original is { } original
                ? Money.OfMinor(line.Amount - original, line.Asset) : null,
            Date = line.Date,
            Reference = line.Memo,
        };

    private static void Add<TKey>(
        Dictionary<TKey, List<BankPayment>> index, TKey key, BankPayment payment)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var payments)) index[key] = payments = [];
        payments.Add(payment);
    }
}
