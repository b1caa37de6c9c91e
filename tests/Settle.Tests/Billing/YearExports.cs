using System.Globalization;
using System.Text;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>What the exports of a year come to, read as text: nothing of the product computes it.</summary>
internal sealed class YearExports
{
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly DateOnly Last = new(2026, 12, 31);

    // Of hledger's journal, by day and by the ledger's own name of the account.
    private readonly List<(string Day, string Account, decimal Amount)> _lines = [];

    /// <summary>What each account comes to in hledger's journal: above zero is what is owed to us.</summary>
    public Dictionary<string, decimal> Journal => Sums(_lines);

    /// <summary>What assets, liabilities, income and expenses come to in each of the journals.</summary>
    public Dictionary<string, decimal> HledgerRoots { get; } = [];

    public Dictionary<string, decimal> BeancountRoots { get; } = [];

    /// <summary>What each debtor and each revenue account comes to in a batch for DATEV.</summary>
    public Dictionary<string, decimal> Datev { get; } = [];

    /// <summary>Net and tax of each category and rate in the file of invoices.</summary>
    public Dictionary<string, (decimal Net, decimal Tax)> Taxes { get; } = [];

    /// <summary>What each customer was billed in the file of invoices.</summary>
    public Dictionary<string, decimal> Billed { get; } = [];

    public static async Task<YearExports> OfAsync(ILedger ledger)
    {
        var exports = new YearExports();
        exports.ReadHledger(await TextAsync(output => LedgerExport.HledgerAsync(ledger, output)));
        exports.ReadBeancount(await TextAsync(output => LedgerExport.BeancountAsync(ledger, output)));
        exports.ReadDatev(await TextAsync(output => LedgerExport.DatevAsync(ledger, output, First, Last,
            new DatevSettings { Payments = true, WriteOffs = true, Refunds = true })));
        exports.ReadInvoices(await TextAsync(output => LedgerExport.InvoicesAsync(ledger, output)));
        return exports;
    }

    /// <summary>What a customer owed at the end of a day.</summary>
    public decimal Owed(string customer, DateOnly day)
    {
        var text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return _lines.Where(line => line.Account == $"receivable:{customer}"
            && string.CompareOrdinal(line.Day, text) <= 0).Sum(line => line.Amount);
    }

    private static async Task<string> TextAsync(Func<Stream, Task> write)
    {
        using var bytes = new MemoryStream();
        await write(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private void ReadHledger(string journal)
    {
        var day = "";
        foreach (var line in journal.Split('\n'))
        {
            if (line.Length > 0 && char.IsAsciiDigit(line[0])) day = line[..10];
            if (!line.StartsWith("    ", StringComparison.Ordinal) || line[4] == ';') continue;
            var words = line.Trim().Split("  ");
            var amount = Amount(words[^1].Split(' ')[0]);
            _lines.Add((day, NameOf(words[0]), amount));
            Add(HledgerRoots, words[0].Split(':')[0], amount);
        }
    }

    private void ReadBeancount(string journal)
    {
        foreach (var line in journal.Split('\n'))
        {
            if (!line.StartsWith("  ", StringComparison.Ordinal) || !char.IsAsciiLetterUpper(line[2])) continue;
            var words = line.Trim().Split("  ");
            Add(BeancountRoots, words[0].Split(':')[0].ToLowerInvariant(), Amount(words[^1].Split(' ')[0]));
        }
    }

    private void ReadDatev(string batch)
    {
        foreach (var line in batch.Split("\r\n").Skip(2).Where(line => line.Length > 0))
        {
            var fields = line.Split(';');
            var amount = Amount(fields[0].Replace(',', '.')) * (fields[1] == "\"S\"" ? 1 : -1);
            Add(Datev, fields[6], amount);
            Add(Datev, fields[7], -amount);
        }
    }

    private void ReadInvoices(string csv)
    {
        foreach (var fields in csv.Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')))
        {
            var (category, rate) = (fields[9], fields[10]);
            var (net, tax) = Taxes.GetValueOrDefault($"{category}:{rate}");
            Taxes[$"{category}:{rate}"] = (net + Amount(fields[11]), tax + Amount(fields[12]));
            if (fields[15].Length > 0) Add(Billed, fields[4], Amount(fields[15]));
        }
    }

    private static string NameOf(string account) => account switch
    {
        "assets:bank" => "@world",
        _ when account.StartsWith("liabilities:prepayments:", StringComparison.Ordinal) =>
            "receivable:" + account["liabilities:prepayments:".Length..],
        _ => account[(account.IndexOf(':', StringComparison.Ordinal) + 1)..],
    };

    private static Dictionary<string, decimal> Sums(
        IEnumerable<(string Day, string Account, decimal Amount)> lines) => lines
        .GroupBy(line => line.Account, line => line.Amount)
        .ToDictionary(group => group.Key, group => group.Sum());

    private static void Add(Dictionary<string, decimal> sums, string key, decimal amount) =>
        sums[key] = sums.GetValueOrDefault(key) + amount;

    private static decimal Amount(string text)
    {
        Assert.Matches(@"^-?\d+\.\d{2}$", text);
        return decimal.Parse(text, CultureInfo.InvariantCulture);
    }
}
