namespace Settle.Simulation;

/// <content>Where series begin, and invoices from another program.</content>
internal sealed partial class BillingBooks
{
    private const int Digits = 6;

    private string JudgeSeller(AuditedBill bill)
    {
        foreach (var number in bill.FirstNumbers)
        {
            var series = number[..^Digits];
            var begun = series[0] == 'Q' ? _quoteSeries : _series;
            if (begun.TryGetValue(series, out var given)
                ? given.First != FirstOf(bill, series) : FirstOf(bill, series) <= LastOldOf(series))
                return "series_begun";
        }
        return "";
    }

    private string JudgeOpening(AuditedBill bill)
    {
        if (_seller is null) return "seller_missing";
        if (!_customers.ContainsKey(bill.Customer)) return "unknown_customer";
        var number = bill["number"];
        if (Numbered.Exists(entry => entry.Bill!["number"] == number)) return "number_taken";
        if (PlaceOf(number) is not { } place) return "";
        var series = number[..^Digits];
        var first = _series.TryGetValue(series, out var given) ? given.First
            : IsOfSeller(series) ? FirstOf(_seller, series) ?? 1 : int.MaxValue;
        return place >= first ? "number_taken" : "";
    }

    // It is owed from its day on; what had been paid too much pays of it.
    private Violation? AuditOpening(AuditedEntry entry, AuditedBill bill)
    {
        var account = (bill.Customer, entry.Asset);
        var paid = long.Clamp(_credit.GetValueOrDefault(account), 0, entry.Amount);
        if (paid > 0) _credit[account] -= paid;
        Numbered.Add(entry);
        Invoices.Add(bill["number"], new AuditedInvoice(entry)
        {
            Lines = new AuditedLines(bill, [], "standard"),
        });
        if (bill.Number("paid") != paid)
            return new("payment", $"{entry.Id} is paid {bill.Number("paid")}, not {paid}");
        return entry.Postings is [{ } moved] && moved.From == $"receivable:{bill.Customer}"
            && moved.To == "opening-balances" && moved.Amount == entry.Amount
                ? null : new("postings", $"{entry.Id} moves other money than it says");
    }

    // Here the seller's series is {year}-.
    private static bool IsOfSeller(string series) => series.TrimStart('C') is [.. var year, '-']
        && year.Length == 4 && year.All(char.IsAsciiDigit) && series.Length <= 6;

    private static int? FirstOf(AuditedBill seller, string series) => seller.FirstNumbers
        .Where(number => number[..^Digits] == series).Select(PlaceOf).FirstOrDefault();

    private int LastOldOf(string series) => Numbered
        .Where(entry => entry.Type == "opening").Select(entry => entry.Bill!["number"])
        .Where(number => PlaceOf(number) is not null && number[..^Digits] == series)
        .Max(PlaceOf) ?? 0;

    // The last six digits, if there are as many.
    private static int? PlaceOf(string number) => number.Length >= Digits
        && number[^Digits..].All(char.IsAsciiDigit)
            ? int.Parse(number[^Digits..], CultureInfo.InvariantCulture) : null;
}
