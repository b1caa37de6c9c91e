using System.Text.RegularExpressions;

namespace Settle.Bank;

/// <summary>A balance in MT940, such as <c>C261105EUR1234,56</c>.</summary>
/// <param name="Amount">Minor units, below zero when the bank is owed.</param>
/// <param name="Asset">The currency.</param>
/// <param name="Date">Its day.</param>
internal sealed partial record Mt940Balance(long Amount, string Asset, DateOnly Date)
{
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static Mt940Balance Read(string tag, string value)
    {
        var match = Form().Match(value.Trim());
        if (!match.Success)
        {
            throw Parse.Fault("file", value,
                $"is not a balance (field :{tag}:); one is written as C261105EUR1234,56");
        }
        var asset = match.Groups["asset"].Value;
        var amount = Minor(match.Groups["amount"].Value, asset);
        return new Mt940Balance(match.Groups["mark"].Value == "C" ? amount : -amount, asset,
            Day(match.Groups["day"].Value));
    }

    /// <summary>An amount with its comma, in minor units.</summary>
    /// <exception cref="InvalidRequestException">It is not an amount of this currency.</exception>
    public static long Minor(string amount, string asset)
    {
        if (!Iso4217.TryGetScale(asset, out var scale))
            throw Parse.Fault("file", asset, "is not a currency of ISO 4217");
        BankTexts.CheckDecimals(amount, asset, scale);
        return Money.Of(Amounts.Read("amount", amount.TrimEnd(',').Replace(',', '.'),
            allowZero: true)).ToMinor("amount", scale, allowZero: true);
    }

    /// <summary>A day of this century.</summary>
    /// <exception cref="InvalidRequestException">It is not a day.</exception>
    public static DateOnly Day(string text) =>
        DateOnly.TryParseExact($"20{text}", "yyyyMMdd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var day) ? day
            : throw Parse.Fault("file", text, "is not a day; MT940 writes one as 261105");

    [GeneratedRegex("^(?<mark>[CD])(?<day>[0-9]{6})(?<asset>[A-Z]{3})(?<amount>[0-9]+,?[0-9]*)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
