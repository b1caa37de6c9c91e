using System.Globalization;
using System.Text;
using Xunit;

namespace Settle.Tests.Journals;

/// <summary>Balances in minor units by account and asset, as different programs see them.</summary>
internal static class Balances
{
    public static void AssertEqual(Dictionary<(string, string), Int128> expected,
        Dictionary<(string, string), Int128> actual)
    {
        // A balance of zero may be missing.
        foreach (var key in expected.Keys.Union(actual.Keys))
        {
            var (want, got) = (expected.GetValueOrDefault(key), actual.GetValueOrDefault(key));
            Assert.True(want == got, $"{key}: expected {want}, got {got}");
        }
    }

    public static async Task<Dictionary<(string, string), Int128>> OfLedgerAsync(string location)
    {
        await using var ledger =
            await Ledger.OpenAsync(location, cancellationToken: TestContext.Current.CancellationToken);
        var balances =
            await ledger.ListBalancesAsync(cancellationToken: TestContext.Current.CancellationToken);
        return balances
            .ToDictionary(balance => (balance.Account, balance.Asset), balance => balance.Amount.Units);
    }

    /// <summary>What hledger says of a journal that it finds no fault with.</summary>
    public static async Task<Dictionary<(string, string), Int128>> OfHledgerAsync(string journal)
    {
        await ExternalProgram.Hledger.RunAsync("check", "--strict", "-f", journal);
        var csv = await ExternalProgram.Hledger
            .RunAsync("balance", "-f", journal, "--flat", "--empty", "--no-total",
            "--layout", "bare", "--output-format", "csv");
        var balances = new Dictionary<(string, string), Int128>();
        foreach (var row in CsvRows(csv).Skip(1))
            balances.Add((DecodePercent(row[0]), row[1]), Parse(row[2]));
        return balances;
    }

    /// <summary>What beancount says of a journal that it finds no fault with.</summary>
    public static async Task<Dictionary<(string, string), Int128>> OfBeancountAsync(string journal)
    {
        Assert.Equal("", await ExternalProgram.BeanCheck.RunAsync(journal));
        var csv = await ExternalProgram.BeanQuery.RunAsync("-f", "csv", journal,
            "SELECT account, currency, str(sum(number)) AS total GROUP BY account, currency");
        var assets = AssetsOf(journal);
        var balances = new Dictionary<(string, string), Int128>();
        foreach (var row in CsvRows(csv).Skip(1))
            balances.Add((DecodeBeancount(row[0].Trim()), assets[row[1].Trim()]),
                Parse(row[2].Split('\'')[1]));
        return balances;
    }

    /// <summary>A decimal as its digits: the exports write all decimals that an asset
    /// has.</summary>
    public static Int128 Parse(string amount, int? scale = null)
    {
        var digits = amount.Replace(".", "", StringComparison.Ordinal);
        var decimals = amount.Contains('.', StringComparison.Ordinal)
            ? amount.Length - amount.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        if (scale is { } wanted) digits += new string('0', wanted - decimals);
        return Int128.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    public static string DecodePercent(string name) => Uri.UnescapeDataString(name);

    /// <summary>The account that a name in a beancount journal stands for.</summary>
    public static string DecodeBeancount(string name)
    {
        if (name == "Equity:World") return "@world";
        Assert.StartsWith("Assets:", name, StringComparison.Ordinal);
        return string.Join(':', name.Split(':').Skip(1).Select(DecodePart));
    }

    private static string DecodePart(string part)
    {
        if (part.EndsWith("--", StringComparison.Ordinal)) return DecodeDashes(part[1..^2]);
        if (part.EndsWith('-')) return char.ToLowerInvariant(part[0]) + DecodeDashes(part[1..^1]);
        return DecodeDashes(part);
    }

    private static string DecodeDashes(string text)
    {
        var utf8 = new List<byte>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '-')
            {
                utf8.Add(byte
                    .Parse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier,
                        CultureInfo.InvariantCulture));
                at += 2;
            }
            else
            {
                utf8.AddRange(Encoding.UTF8.GetBytes(text, at, 1));
            }
        }
        return Encoding.UTF8.GetString([.. utf8]);
    }

    private static Dictionary<string, string> AssetsOf(string journal)
    {
        var lines = File.ReadAllLines(journal);
        return Enumerable.Range(0, lines.Length)
            .Where(at => lines[at].StartsWith("0001-01-01 commodity ", StringComparison.Ordinal))
            .ToDictionary(at => lines[at]["0001-01-01 commodity ".Length..], at =>
                lines[at + 1].Split('"')[1]);
    }

    private static IEnumerable<string[]> CsvRows(string csv)
    {
        using var reader =
            CsvHelper.CsvReader
                .FromText(csv,
                    new CsvHelper.CsvReaderOptions { HasHeader = false, Separator = ',' });
        while (reader.Read())
            yield return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
    }
}
