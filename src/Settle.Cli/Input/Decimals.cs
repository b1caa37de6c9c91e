namespace Settle.Cli.Input;

/// <summary>Quantities and prices as people read them.</summary>
internal static class Decimals
{
    /// <summary>Without zeros at the end.</summary>
    public static string Format(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);
}
