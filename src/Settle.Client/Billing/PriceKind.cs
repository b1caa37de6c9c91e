namespace Settle;

/// <summary>Whether prices include tax.</summary>
[JsonConverter(typeof(WordJsonConverter<PriceKind>))]
public enum PriceKind
{
    /// <summary>Something that this version does not know; the server is newer.</summary>
    Unknown,

    /// <summary>Without tax.</summary>
    Net,

    /// <summary>With tax.</summary>
    Gross,
}
