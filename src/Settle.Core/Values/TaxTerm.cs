namespace Settle.Billing;

/// <summary>A category and its rate.</summary>
/// <param name="Category">Which kind of tax.</param>
/// <param name="Rate">Ten-thousandths of a percent: 19 % is 190 000; 0 for all but S.</param>
internal readonly record struct TaxTerm(TaxCategory Category, int Rate)
{
    /// <summary>A rate of this is the whole amount.</summary>
    public const int Whole = 1_000_000;

    /// <summary>How many decimals a rate in percent may have.</summary>
    public const int RateDecimals = 4;

    private static readonly string[] Codes = ["S", "Z", "E", "AE", "K", "G", "O"];

    private static readonly string[] Words =
        ["", "0", "exempt", "reverse_charge", "intra_community", "export", "out_of_scope"];

    /// <summary>The category's letters: <c>S</c>, <c>AE</c>.</summary>
    public string Code => Codes[(int)Category];

    /// <summary>The rate in percent as text: <c>8.1</c>.</summary>
    public string RateText => Scaled.Text(Rate, RateDecimals);

    /// <summary>How a charge asks for it: a rate in percent, or a word.</summary>
    public string Text => Category == TaxCategory.Standard ? RateText : Words[(int)Category];

    /// <summary>The tax of a net sum, half a unit rounded away from zero.</summary>
    public Int128 Of(Int128 net) => Rounded.Divide(net * Rate, Whole);

    /// <summary>Reads <c>19</c>, <c>8.1</c>, <c>0</c>, or a word such as <c>exempt</c>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out TaxTerm term)
    {
        for (var category = TaxCategory.Zero; category <= TaxCategory.OutOfScope; category++)
        {
            term = new TaxTerm(category, 0);
            if (Equals(text, Words[(int)category])) return true;
        }
        term = default;
        if (!Scaled.TryParse(text, RateDecimals, out var rate) || rate is <= 0 or > Whole)
            return false;
        term = new TaxTerm(TaxCategory.Standard, (int)rate);
        return true;
    }

    /// <summary>Reads the letters of a category: <c>S</c>, <c>AE</c>.</summary>
    public static bool TryParseCode(ReadOnlySpan<byte> code, out TaxCategory category)
    {
        for (category = 0; category <= TaxCategory.OutOfScope; category++)
            if (Equals(code, Codes[(int)category])) return true;
        return false;
    }

    private static bool Equals(ReadOnlySpan<byte> utf8, string ascii) =>
        System.Text.Ascii.Equals(utf8, ascii);
}
