namespace Settle;

/// <summary>
/// The currencies of ISO 4217 with their number of decimals, as of amendment 180, and those that
/// left it: a ledger that has them keeps them, and no other takes them in.
/// </summary>
internal static class Iso4217
{
    /// <summary>
    /// 2026-11-29, in microseconds since 1970: blocks before it were decided with the list of that
    /// time, so that they are decided like this for ever.
    /// </summary>
    public const long ListChanged = 1_795_910_400_000_000;

    // In the list of the time before.
    private const string Added = "XAD";

    private const string None =
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
    private const string Three = "BHD IQD JOD KWD LYD OMR TND";
    private const string Four = "CLF UYW";

    private const string Two =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD "
        + "BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP "
        + "ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR "
        + "JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU "
        + "MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR "
        + "RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS "
        + "TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG";

    // The day that each left, what took its place, and its decimals if a ledger could have it.
    private static readonly Dictionary<string, (string Day, string Successor, int? Scale)> Former =
        new(StringComparer.Ordinal)
        {
            ["ANG"] = ("2025-07-01", "XCG", 2),
            ["BGN"] = ("2026-01-01", "EUR", 2),
            ["BYR"] = ("2017-01-01", "BYN", null),
            ["CUC"] = ("2021-06-30", "CUP", null),
            ["EEK"] = ("2011-01-01", "EUR", null),
            ["HRK"] = ("2023-01-01", "EUR", null),
            ["LTL"] = ("2015-01-01", "EUR", null),
            ["LVL"] = ("2014-01-01", "EUR", null),
            ["MRO"] = ("2018-01-01", "MRU", null),
            ["SLL"] = ("2022-10-01", "SLE", null),
            ["STD"] = ("2018-01-01", "STN", null),
            ["VEF"] = ("2018-08-20", "VES", null),
            ["ZMK"] = ("2013-01-01", "ZMW", null),
            ["ZWL"] = ("2024-09-01", "ZWG", null),
            ["ATS"] = ("1999-01-01", "EUR", null),
            ["BEF"] = ("1999-01-01", "EUR", null),
            ["DEM"] = ("1999-01-01", "EUR", null),
            ["ESP"] = ("1999-01-01", "EUR", null),
            ["FRF"] = ("1999-01-01", "EUR", null),
            ["ITL"] = ("1999-01-01", "EUR", null),
            ["NLG"] = ("1999-01-01", "EUR", null),
        };

    private static readonly Dictionary<string, int> Scales = Load();

    /// <summary>
    /// The number of decimals of a currency, such as 2 for <c>EUR</c>; of a former one too.
    /// </summary>
    public static bool TryGetScale(string code, out int scale)
    {
        if (Scales.TryGetValue(code, out scale)) return true;
        var former = Former.TryGetValue(code, out var left) ? left.Scale : null;
        scale = former ?? 0;
        return former is not null;
    }

    /// <summary>The same for a currency that a block of this time is the first to use.</summary>
    /// <param name="code">The currency.</param>
    /// <param name="time">The time of the block.</param>
    /// <param name="scale">How many decimals it has.</param>
    public static bool TryGetScale(string code, long time, out int scale) =>
        TryGetScale(code, out scale)
        && (time < ListChanged ? code != Added : !Former.ContainsKey(code));

    /// <summary>Whether a ledger that does not have a currency can take it in.</summary>
    public static bool IsCurrent(string code) => Scales.ContainsKey(code);

    /// <summary>Whether it was a currency once.</summary>
    public static bool IsFormer(string code) => Former.ContainsKey(code);

    /// <summary>
    /// Why an asset is not known, as the end of a sentence that begins with its code.
    /// </summary>
    public static string WhyUnknown(string code) => Former.TryGetValue(code, out var left)
        ? $"left ISO 4217 on {left.Day}, and {left.Successor} took its place"
        : "is neither in ISO 4217 nor declared by this ledger";

    private static Dictionary<string, int> Load()
    {
        var scales = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (codes, scale) in new[] { (None, 0), (Two, 2), (Three, 3), (Four, 4) })
            foreach (var code in codes.Split(' ')) scales.Add(code, scale);
        return scales;
    }
}
