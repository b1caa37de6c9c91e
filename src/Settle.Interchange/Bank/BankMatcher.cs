namespace Settle.Bank;

/// <summary>
/// Finds the invoices that bank lines pay, by number and amount. Pure: nothing is posted here. A
/// line that was posted before has to be left out by the caller, who knows the ids.
/// </summary>
internal sealed class BankMatcher
{
    // A number has few parts: 2026-000123 has two.
    private const int PartsMax = 8;
    private const int NameMin = 4;

    // Among more invoices of one amount a name has to be the very same.
    private const int ComparedMax = 200;

    private readonly Dictionary<string, OpenInvoice> _byNumber = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Asset, long Open), HashSet<string>> _byAmount = [];
    private readonly Dictionary<(string Asset, long Open, string Name), HashSet<string>> _byName =
        [];

    private int _numberCharsMax;

    private BankMatcher(IReadOnlyList<OpenInvoice> open)
    {
        foreach (var invoice in open.Where(invoice => invoice.Open > 0)) Add(invoice);
    }

    /// <summary>
    /// One match per line, in their order; what a certain one pays is no longer open for the next.
    /// </summary>
    public static IReadOnlyList<BankMatch> Match(IReadOnlyList<BankLine> lines,
        IReadOnlyList<OpenInvoice> open, CancellationToken cancellation = default)
    {
        var matcher = new BankMatcher(open);
        var matches = new List<BankMatch>(lines.Count);
        foreach (var line in lines)
        {
            cancellation.ThrowIfCancellationRequested();
            var match = matcher.Match(line);
            if (match.Certainty == BankMatch.Certain) matcher.Pay(match);
            matches.Add(match);
        }
        return matches;
    }

    private BankMatch Match(BankLine line)
    {
        if (!line.IsCredit || line.Amount == 0)
            return new BankMatch(line, BankMatch.None, "outgoing payment", []);
        if (line.IsReversal)
        {
            return new BankMatch(line, BankMatch.None,
                "takes back an earlier line of the bank's; a person has to look", []);
        }
        var named = Numbers(line.Text).Where(invoice => invoice.Asset == line.Asset).ToList();
        return named.Count > 0 ? ByNumber(line, named) : ByAmount(line);
    }

    private static BankMatch ByNumber(BankLine line, List<OpenInvoice> named)
    {
        var numbers = string.Join(", ", named.Select(invoice => invoice.Number));
        var sum = named.Sum(invoice => (decimal)invoice.Open);
        if (sum == line.Rest)
        {
            return new BankMatch(line, BankMatch.Certain,
                $"names {numbers} and pays the open amount", Payments(line, named));
        }
        if (named.Count == 1)
        {
            return new BankMatch(line, BankMatch.Doubtful, line.Rest < sum
                ? $"names {numbers} and pays part of it"
                : $"names {numbers} and pays more than is open",
                Payments(line, named, line.Rest));
        }
        return new BankMatch(line, BankMatch.Doubtful,
            $"names {numbers}, but a different amount is open", []);
    }

    private BankMatch ByAmount(BankLine line)
    {
        var numbers = _byAmount.GetValueOrDefault((line.Asset, line.Rest)) ?? [];
        var fitting = numbers.Take(2).Select(number => _byNumber[number]).ToList();
        var known = numbers.Count <= ComparedMax
            ? numbers.Where(number => IsSame(_byNumber[number].Name, line.Name))
            : _byName.GetValueOrDefault((line.Asset, line.Rest, Key(line.Name ?? ""))) ?? [];
        if (known.Take(2).Select(number => _byNumber[number]).ToList() is [var only])
        {
            return new BankMatch(line, BankMatch.Doubtful, $"names no invoice; amount and payer "
                + $"match {only.Number}", Payments(line, [only]));
        }
        if (fitting.Count == 1)
        {
            return new BankMatch(line, BankMatch.Doubtful,
                $"names no invoice; the amount matches only {fitting[0].Number}",
                Payments(line, fitting));
        }
        return new BankMatch(line, BankMatch.None, numbers.Count == 0
            ? "names no open invoice, and none has this amount"
            : string.Create(CultureInfo.InvariantCulture,
                $"names no open invoice; {numbers.Count} have this amount"), []);
    }

    private static List<PaymentRequest> Payments(BankLine line, List<OpenInvoice> invoices,
        long? amount = null)
    {
        var reference = Cut($"{line.Name} {line.Text}".Trim());
        return [.. invoices.Select((invoice, at) => new PaymentRequest
        {
            Id = line.PaymentId(at),
            Invoice = invoice.Number,
            Amount = Money.OfMinor(amount ?? invoice.Open, line.Asset),
            Date = line.Date,
            Reference = reference,
        })];
    }

    /// <summary>
    /// The open invoices whose numbers are in a text, in their order there, whatever stands between
    /// their parts: <c>RE2026-000123</c> and <c>2026 000123</c> are one.
    /// </summary>
    private List<OpenInvoice> Numbers(string text)
    {
        var parts = Parts(text);
        var (found, seen) = (new List<OpenInvoice>(), new HashSet<OpenInvoice>());
        for (var start = 0; start < parts.Count; start++)
        {
            var number = new StringBuilder();
            for (var at = start; at < Math.Min(parts.Count, start + PartsMax); at++)
            {
                number.Append(parts[at]);
                if (number.Length > _numberCharsMax) break;
                if (_byNumber.TryGetValue(number.ToString(), out var invoice) && seen.Add(invoice))
                    found.Add(invoice);
            }
        }
        return found;
    }

    // Runs of letters and runs of digits.
    private static List<string> Parts(string text)
    {
        var parts = new List<string>();
        var start = 0;
        for (var at = 1; at <= text.Length; at++)
        {
            if (at < text.Length && Kind(text[at]) == Kind(text[start])) continue;
            if (Kind(text[start]) != 0) parts.Add(text[start..at].ToUpperInvariant());
            start = at;
        }
        return parts;

        static int Kind(char c) => char.IsAsciiDigit(c) ? 1 : char.IsLetter(c) ? 2 : 0;
    }

    private static string Key(string number) => string.Concat(Parts(number));

    private static bool IsSame(string? customer, string? payer)
    {
        var (first, second) = (Key(customer ?? ""), Key(payer ?? ""));
        return first.Length >= NameMin && second.Length >= NameMin
            && (first.Contains(second, StringComparison.Ordinal)
                || second.Contains(first, StringComparison.Ordinal));
    }

    private void Add(OpenInvoice invoice)
    {
        var key = Key(invoice.Number);
        _byNumber[key] = invoice;
        _numberCharsMax = int.Max(_numberCharsMax, key.Length);
        if (!_byAmount.TryGetValue((invoice.Asset, invoice.Open), out var numbers))
            _byAmount[(invoice.Asset, invoice.Open)] = numbers = new(StringComparer.Ordinal);
        numbers.Add(key);
        if (NameOf(invoice) is not { } name) return;
        if (!_byName.TryGetValue(name, out numbers))
            _byName[name] = numbers = new(StringComparer.Ordinal);
        numbers.Add(key);
    }

    private void Pay(BankMatch match)
    {
        foreach (var payment in match.Payments)
        {
            var key = Key(payment.Invoice!);
            var invoice = _byNumber[key];
            _byNumber.Remove(key);
            _byAmount[(invoice.Asset, invoice.Open)].Remove(key);
            if (NameOf(invoice) is { } name) _byName[name].Remove(key);
        }
    }

    private static (string Asset, long Open, string Name)? NameOf(OpenInvoice invoice) =>
        Key(invoice.Name ?? "") is { Length: >= NameMin } name
            ? (invoice.Asset, invoice.Open, name) : null;

    private static string Cut(string text)
    {
        var (chars, bytes) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > Limits.MemoBytesMax) return text[..chars];
            chars += rune.Utf16SequenceLength;
        }
        return text;
    }
}
