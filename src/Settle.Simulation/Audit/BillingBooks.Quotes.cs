namespace Settle.Simulation;

/// <content>Quotes: what they offer, and that each is answered once.</content>
internal sealed partial class BillingBooks
{
    private readonly Dictionary<string, AuditedCharge> _offered = [];
    private readonly Dictionary<string, string> _offerReasons = [];
    private readonly Dictionary<string, (int First, int Last)> _quoteSeries = [];

    /// <summary>In the order of the chain, by number.</summary>
    public Dictionary<string, AuditedQuote> Quotes { get; } = [];

    private string JudgeOffered(AuditedEntry entry, AuditedBill bill) =>
        _offerReasons[entry.Id] = JudgeCharge(bill);

    private string JudgeQuote(AuditedEntry entry, AuditedBill bill)
    {
        if (_seller is null) return "seller_missing";
        if (!_customers.ContainsKey(bill.Customer)) return "unknown_customer";
        var assets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in LinesOf(entry, bill))
        {
            if (_offerReasons.GetValueOrDefault(id, "charge_not_found") is { Length: > 0 } reason)
                return reason;
            if (_offered[id].Customer != bill.Customer) return "charge_not_found";
            assets.Add(_offered[id].Asset);
            if (assets.Count > 1) return "asset_differs";
        }
        return "";
    }

    private string JudgeAnswer(AuditedBill bill)
    {
        if (!Quotes.TryGetValue(bill["quote"], out var quote)) return "quote_not_found";
        if (quote.Answer is not null) return $"quote_{quote.Status}";
        if (IsBefore(bill.Date, quote.Bill.Date)) return "answer_before_quote";
        return quote.Bill["valid_until"] is { Length: > 0 } last && IsBefore(last, bill.Date)
            && !bill.Has("late") && !bill.Has("declined") ? "quote_expired" : "";
    }

    private Violation? AuditQuote(AuditedEntry entry, AuditedBill bill)
    {
        var lines = LinesOf(entry, bill).Select(id => _offered[id]).ToList();
        if (!lines.Select(line => Opened(line, line.Date)).SequenceEqual(bill.Offered))
            return new("quote", $"{bill["number"]} offers something else than its charges");
        var treatment = _customers[bill.Customer]["treatment"];
        if (AuditedSums.Fault(entry, lines,
            lines.TrueForAll(line => line.IsOther) ? "standard" : treatment) is { } wrong)
            return new("sums", $"{bill["number"]}: {wrong}");
        if (entry.Postings.Count > 0) return new("postings", $"{bill["number"]} moves money");
        if (bill["buyer"] != _customers[bill.Customer].Profile
            || bill["seller"] != _seller!.Profile || entry.Asset != lines[0].Asset)
            return new("verdict", $"{bill["number"]} is not as customer and seller are");
        var series = "Q" + _seller["series"].Replace(
            "{year}", bill.Date[..4], StringComparison.Ordinal);
        var begun = _quoteSeries.TryGetValue(series, out var given);
        var next = begun ? given.Last + 1
            : int.Max(FirstOf(_seller!, series) ?? 1, LastOldOf(series) + 1);
        _quoteSeries[series] = (begun ? given.First : next, next);
        var number = series + next.ToString("D6", CultureInfo.InvariantCulture);
        Quotes.TryAdd(number, new AuditedQuote(entry, lines));
        return bill["number"] == number ? null
            : new("number", $"{entry.Id} has the number {bill["number"]}, not {number}");
    }

    private Violation? AuditAnswer(AuditedEntry entry, AuditedBill bill)
    {
        var quote = Quotes[bill["quote"]];
        quote.Answer = entry;
        var lines = bill.Has("declined") ? [] : quote.Lines;
        if (!lines.Select(line => Opened(line, bill.Date)).SequenceEqual(bill.Offered))
            return new("quote", $"{entry.Id} opens something else than {bill["quote"]} offers");
        foreach (var line in lines)
        {
            (line.Date, line.IsAmended) = (bill.Date, true);
            AddCharge(line, entry.Height);
        }
        return entry.Amount == quote.Entry.Amount && entry.Asset == quote.Entry.Asset
            && bill.Customer == quote.Bill.Customer && entry.Postings.Count == 0
                ? null : new("quote", $"{entry.Id} is not about {bill["quote"]} as it is");
    }

    private static AuditedReopening Opened(AuditedCharge line, string date) =>
        new(line.Id, line.Amount, date, line.Tax, line.IsGross);

    private static IEnumerable<string> LinesOf(AuditedEntry entry, AuditedBill bill) =>
        Enumerable.Range(1, (int)bill.Number("line_count")).Select(line => string.Create(
            CultureInfo.InvariantCulture, $"{entry.Id}:{line}"));
}
