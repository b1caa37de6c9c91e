using System.Xml.Linq;
using Settle.Paper.Xml;

namespace Settle.Bank;

/// <summary>
/// Whether a camt statement has the lines that its summary counts (TxsSummry). Banks count what is
/// not booked yet, or leave it out.
/// </summary>
internal static class CamtTotals
{
    private static readonly (string Name, bool? IsCredit)[] Summaries =
        [("TtlNtries", null), ("TtlCdtNtries", true), ("TtlDbtNtries", false)];

    /// <summary>Whether a part of it is in another file or statement.</summary>
    public static bool IsPaged(XElement statement, XElement? page) =>
        new[] { statement.One("StmtPgntn"), statement.One("RptPgntn"), page }
            .Any(each => each.Text("LastPgInd") is "false" or "0"
                || each.Text("PgNb") is not (null or "1" or "0001" or "00001"));

    /// <summary>What does not add up; nothing if all does.</summary>
    public static IEnumerable<string> Faults(XElement statement)
    {
        if (statement.Text("Acct/Ccy") is { } own && statement.All("Ntry/Amt")
            .Select(amount => amount.Attribute("Ccy")?.Value)
            .FirstOrDefault(each => each is not null && each != own) is { } other)
            yield return $"its account is in {own}, and it has lines in {other}";
        var entries = statement.All("Ntry").Select(entry => (
            Amount: Decimal(entry.Text("Amt")), IsCredit: entry.Text("CdtDbtInd") == "CRDT",
            IsBooked: (entry.Text("Sts/Cd") ?? entry.Text("Sts")) is null or "BOOK")).ToList();
        foreach (var (name, isCredit) in Summaries)
        {
            if (statement.One($"TxsSummry/{name}") is not { } summary) continue;
            var all = entries.FindAll(each => isCredit is null || each.IsCredit == isCredit);
            var booked = all.FindAll(each => each.IsBooked);
            if (Decimal(summary.Text("NbOfNtries")) is { } count
                && count != all.Count && count != booked.Count)
            {
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"it says that {Lines(count, isCredit)}, and has {booked.Count}");
            }
            if (Decimal(summary.Text("Sum")) is { } sum && !Sums(all).Contains(sum)
                && !Sums(booked).Contains(sum))
            {
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"it says that its {Kind(isCredit)}come to {sum}, and they come to ")
                    + booked.Sum(each => each.Amount)?.ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    // Without their directions, or with them.
    private static decimal?[] Sums(
        List<(decimal? Amount, bool IsCredit, bool IsBooked)> entries)
    {
        var net = entries.Sum(each => each.IsCredit ? each.Amount : -each.Amount);
        return [entries.Sum(each => each.Amount), net, -net];
    }

    private static string Lines(decimal count, bool? isCredit) => string.Create(
        CultureInfo.InvariantCulture, $"it has {count} {Kind(isCredit).TrimEnd()}");

    private static string Kind(bool? isCredit) => isCredit switch
    {
        null => "lines ",
        true => "credits ",
        false => "debits ",
    };

    private static decimal? Decimal(string? text) => decimal.TryParse(text,
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
        CultureInfo.InvariantCulture, out var number) ? number : null;
}
