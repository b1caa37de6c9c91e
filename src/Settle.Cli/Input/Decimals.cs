using System.Globalization;

namespace Settle.Cli.Input;

/// <summary>Quantities and prices as people write them.</summary>
internal static class Decimals
{
    private const int CharsMax = 28;

    /// <exception cref="InvalidRequestException">It is no decimal.</exception>
    public static decimal Parse(string field, string text) =>
        text.Length <= CharsMax && decimal.TryParse(text, NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidRequestException(field, $"'{text}' is no decimal; write it as 2.5");

    /// <summary>Without needless zeros.</summary>
    public static string Format(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);
}
