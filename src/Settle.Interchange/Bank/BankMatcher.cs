using Settle.Billing;
using Settle.Billing.Rules;

namespace Settle.Bank;

/// <summary>
/// Finds the invoices that bank lines pay, by number and amount, and the payments that they take
/// back. Pure: nothing is posted here. A line that was posted before has to be left out by the
/// caller, who knows the ids.
/// </summary>
internal sealed class BankMatcher
{
    private const int NameMin = 4;
    private const int AlikeChars = 37;

    // Among more invoices of one amount a name has to be the very same.
    private const int ComparedMax = 200;

    private readonly NumberIndex<KnownNumber> _numbers = new();
    private readonly NumberIndex<BankDebit> _debits = new();
    private readonly NumberIndex<BankReminder> _reminders = new();
    private readonly Dictionary<(string Asset, long Open), HashSet<OpenInvoice>> _byAmount = [];
    private readonly Dictionary<(string Asset, long Open, string Name), HashSet<OpenInvoice>>
        _byName = [];

    // Numbers of other programs may differ only in what stands between their parts: 1-11 and 11-1.
    private readonly Dictionary<string, string> _twins = new(StringComparer.Ordinal);

    private readonly Dictionary<string, List<string>> _alike = new(StringComparer.Ordinal);
    private readonly ReturnMatcher _returns;

    private BankMatcher(BankBooks books)
    {
        // Only credit notes and quotes are called so, whether there is such a one or not.
        foreach (var number in books.Open.Select(each => each.Number).Concat(books.Others
            .Where(each => each.IsInvoice).Select(each => each.Number)))
        {
            var credit = NumberSeries.CreditPrefix + number;
            _numbers.Set(credit, new KnownNumber(credit, null, true));
            var quote = NumberSeries.QuotePrefix + number;
            _numbers.Set(quote, new KnownNumber(quote, null, false) { IsQuote = true });
        }
        foreach (var other in books.Others) Note(other);
        foreach (var invoice in books.Open.Where(invoice => invoice.Open > 0)) Add(invoice);
        foreach (var payment in books.Payments.Where(each => each.Id.Length >= AlikeChars))
        {
            var begins = payment.Id[..AlikeChars];
            if (!_alike.TryGetValue(begins, out var posted)) _alike[begins] = posted = [];
            posted.Add(payment.Id[AlikeChars..]);
        }
        foreach (var debit in books.Debits) _debits.Set(debit.Reference, debit);
        foreach (var reminder in books.Reminders) _reminders.Set(reminder.Number, reminder);
        _returns = new ReturnMatcher(books.Payments);
    }

    /// <summary>
    /// One match per line, in their order; what a certain one pays is no longer open for the next,
    /// and may be taken back by any.
    /// </summary>
    public static IReadOnlyList<BankMatch> Match(IReadOnlyList<BankLine> lines, BankBooks books,
        CancellationToken cancellation = default)
    {
        var matcher = new BankMatcher(books);
        var matches = new BankMatch[lines.Count];
        // A file may have a payment after what takes it back: the newest day comes first in some.
        foreach (var (at, line) in lines.Index().OrderBy(each => each.Item.IsReturn))
        {
            cancellation.ThrowIfCancellationRequested();
            var match = matcher.Doubted(matcher.Match(line));
            if (match.Certainty == BankLineStatus.Certain) matcher.Take(match);
            matches[at] = match;
        }
        return matches;
    }

    private BankMatch Match(BankLine line)
    {
        if (line.IsReturn && line.Amount > 0) return _returns.Match(line);
        if (!line.IsCredit || line.Amount == 0)
            return new BankMatch(line, BankLineStatus.None, "outgoing payment", []);
        if (line.IsReversal)
        {
            return new BankMatch(line, BankLineStatus.None,
                "takes back an outgoing payment; a person has to look", []);
        }
        var mentions = BankMentions.Of(line, _numbers);
        var named = mentions.Numbers.Select(each => each.Invoice).OfType<OpenInvoice>()
            .Where(invoice => invoice.Asset == line.Asset).ToList();
        var reminder = _reminders.Find(BankReminder.TextOf(line)).FirstOrDefault();
        var match = named.Count == 0 ? null : ByNumber(line, named);
        if (reminder is not null && match?.Certainty != BankLineStatus.Certain)
        {
            named = [.. named.Union(Open(line, reminder.Numbers))];
            match = named.Count == 0 ? null
                : ByNumber(line, named, $"the reminder {reminder.Number}");
        }
        if (match is null && (named = Collected(line)).Count > 0) match = ByNumber(line, named);
        if (match is null)
        {
            var guess = ByAmount(line, mentions);
            return mentions.Numbers.Any(each => !each.IsInvoice)
                ? guess with { Certainty = BankLineStatus.Doubtful } : guess;
        }
        if (mentions.Mistyped is { } wrong)
            return Doubtful(match, $"the check digits of {wrong} are wrong");
        if (match.Certainty == BankLineStatus.Certain && named.Select(invoice =>
            _twins.GetValueOrDefault(invoice.Number)).FirstOrDefault(each => each is not null)
            is { } twin)
            return Doubtful(match, $"{twin} reads the same");
        // It may say that it is not for this one, or for both.
        return match.Certainty == BankLineStatus.Certain
            && mentions.Numbers.FirstOrDefault(each => IsBeside(line, each)
                && reminder?.Numbers.Contains(each.Number) != true) is { } beside
            ? Doubtful(match, $"it names {beside.Number} too, which is "
                + (beside.Invoice is { } foreign ? $"in {foreign.Asset}" : "closed")) : match;
    }

    // A bank that books direct debits together names only their message.
    private List<OpenInvoice> Collected(BankLine line) =>
        Open(line, _debits.Find($"{line.Text} {line.More}").Take(1)
            .SelectMany(debit => debit.Numbers));

    private List<OpenInvoice> Open(BankLine line, IEnumerable<string> numbers) =>
        [.. numbers.Select(number => _numbers[number]?.Invoice).OfType<OpenInvoice>()
            .Where(invoice => invoice.Asset == line.Asset)];

    // What an earlier part of the same line paid is closed by it.
    private static bool IsBeside(BankLine line, KnownNumber named) => named.IsInvoice
        && named.Invoice?.Asset != line.Asset && !line.Paid.Contains(named.Number);

    /// <summary>What looks certain, and is not because of the line it is on.</summary>
    private BankMatch Doubted(BankMatch match) =>
        match.Certainty != BankLineStatus.Certain ? match
        : match.Line.Doubt is { } doubt ? Doubtful(match, doubt)
        : !_alike.TryGetValue(match.Line.Alike, out var posted) ? match
        : match.Line.Reference is null ? Doubtful(match,
            "a line that says the same was posted from another statement: is it another payment?")
        : posted.Exists(rest => !IsValuedAs(match.Line, rest)) ? Doubtful(match,
            "a line with its reference was posted, with another value date: is it another payment?")
        : match;

    private static bool IsValuedAs(BankLine line, string restOfId) => line.ValuedPart.Length == 0
        ? !restOfId.StartsWith(":v", StringComparison.Ordinal)
        : restOfId.StartsWith(line.ValuedPart, StringComparison.Ordinal);

    private static BankMatch Doubtful(BankMatch match, string why) => match with
    {
        Certainty = BankLineStatus.Doubtful,
        Reason = $"{match.Reason}, but {why}",
    };

    /// <param name="line">The line.</param>
    /// <param name="named">What it pays, or some of it.</param>
    /// <param name="what">What names them; their own numbers if it is null.</param>
    private static BankMatch ByNumber(
        BankLine line, List<OpenInvoice> named, string? what = null)
    {
        var numbers = what ?? string.Join(", ", named.Select(invoice => invoice.Number));
        var sum = named.Sum(invoice => (decimal)invoice.Open);
        if (sum == line.Rest)
        {
            return new BankMatch(line, BankLineStatus.Certain,
                $"names {numbers} and pays the open amount", Payments(line, named));
        }
        if (named.Sum(invoice => (decimal)invoice.DueOn(line.Date)) == line.Rest
            || (named.Count == 1 && line.Rest < sum && line.Rest > named[0].DueOn(line.Date)))
        {
            return new BankMatch(line, BankLineStatus.Certain,
                $"names {numbers} and pays the open amount less the cash discount",
                Payments(line, named, named.Count == 1 ? line.Rest : null, isLess: true));
        }
        if (named.Count == 1)
        {
            return new BankMatch(line, BankLineStatus.Doubtful, line.Rest < sum
                ? $"names {numbers} and pays part of it"
                : $"names {numbers} and pays more than is open",
                Payments(line, named, line.Rest));
        }
        return new BankMatch(line, BankLineStatus.Doubtful,
            $"names {numbers}, but a different amount is open", []);
    }

    private BankMatch ByAmount(BankLine line, BankMentions mentions)
    {
        var names = Names(mentions);
        var fitting = InTime(_byAmount.GetValueOrDefault((line.Asset, line.Rest)));
        var known = fitting.Count <= ComparedMax
            ? fitting.FindAll(invoice => IsSame(invoice.Name, line.Name))
            : InTime(_byName.GetValueOrDefault((line.Asset, line.Rest, Key(line.Name ?? ""))));
        if (known.Take(2).ToList() is [var only])
        {
            return new BankMatch(line, BankLineStatus.Doubtful, $"{names}; amount and payer "
                + $"match {only.Number}", Payments(line, [only], line.Rest));
        }
        if (fitting.Count == 1)
        {
            return new BankMatch(line, BankLineStatus.Doubtful,
                $"{names}; the amount matches only {fitting[0].Number}",
                Payments(line, fitting, line.Rest));
        }
        return new BankMatch(line, BankLineStatus.None, fitting.Count == 0
            ? $"{names}, and none has this amount"
            : string.Create(CultureInfo.InvariantCulture,
                $"{names}; {fitting.Count} have this amount"), []);

        // Some may have had it until a day that is over.
        List<OpenInvoice> InTime(HashSet<OpenInvoice>? invoices) => invoices is null ? []
            : [.. invoices.Where(invoice => invoice.IsPaidBy(line.Rest, line.Date))];
    }

    private static string Names(BankMentions mentions) =>
        mentions.Mistyped is { } wrong
            ? $"names no open invoice, and the check digits of {wrong} are wrong"
        : mentions.Numbers is not [var other, ..] ? "names no open invoice"
        : other.IsCreditNote ? $"names no open invoice but the credit note {other.Number}"
        : other.IsQuote ? $"names no open invoice but the quote {other.Number}"
        : other.Invoice is null ? $"names no open invoice: {other.Number} is closed"
        : $"names no open invoice in its currency: {other.Number} is in {other.Invoice.Asset}";

    private static List<PaymentRequest> Payments(BankLine line, List<OpenInvoice> invoices,
        long? amount = null, bool isLess = false)
    {
        var reference = line.Memo;
        return [.. invoices.Select((invoice, at) => new PaymentRequest
        {
            Id = line.PaymentId(at),
            Invoice = invoice.Number,
            Amount = Money.OfMinor(amount ?? (isLess ? invoice.DueOn(line.Date) : invoice.Open),
                line.Asset),
            Date = line.Date,
            Reference = reference,
        })];
    }

    private static string Key(string text) => NumberIndex<KnownNumber>.Key(text);

    private static bool IsSame(string? customer, string? payer)
    {
        var (first, second) = (Key(customer ?? ""), Key(payer ?? ""));
        return first.Length >= NameMin && second.Length >= NameMin
            && (first.Contains(second, StringComparison.Ordinal)
                || second.Contains(first, StringComparison.Ordinal));
    }

    private void Add(OpenInvoice invoice)
    {
        Note(new KnownNumber(invoice.Number, invoice, false));
        _numbers.Set(SepaReference.EndToEnd(invoice.Number), _numbers[invoice.Number]!);
        foreach (var amount in invoice.Amounts)
        {
            Add(_byAmount, (invoice.Asset, amount), invoice);
            if (NameOf(invoice) is { } name)
                Add(_byName, (invoice.Asset, amount, name), invoice);
        }
    }

    private static void Add<T>(Dictionary<T, HashSet<OpenInvoice>> known, T key,
        OpenInvoice invoice)
        where T : notnull
    {
        if (!known.TryGetValue(key, out var alike)) known[key] = alike = [];
        alike.Add(invoice);
    }

    private void Note(KnownNumber known)
    {
        if (known.IsInvoice && _numbers[known.Number] is { IsInvoice: true } other
            && other.Number != known.Number)
            (_twins[known.Number], _twins[other.Number]) = (other.Number, known.Number);
        _numbers.Set(known.Number, known);
    }

    private void Take(BankMatch match)
    {
        _returns.Take(match.Chargebacks);
        foreach (var payment in match.Payments) _returns.Add(BankPayment.Of(match.Line, payment));
        foreach (var number in match.Payments.Select(payment => payment.Invoice!))
        {
            var invoice = _numbers[number]!.Invoice!;
            var closed = new KnownNumber(number, null, false);
            _numbers.Set(number, closed);
            _numbers.Set(SepaReference.EndToEnd(number), closed);
            foreach (var amount in invoice.Amounts)
            {
                _byAmount[(invoice.Asset, amount)].Remove(invoice);
                if (NameOf(invoice) is { } name)
                    _byName[(invoice.Asset, amount, name)].Remove(invoice);
            }
        }
    }

    private static string? NameOf(OpenInvoice invoice) =>
        Key(invoice.Name ?? "") is { Length: >= NameMin } name ? name : null;
}
