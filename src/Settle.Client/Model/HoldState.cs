namespace Settle;

/// <summary>What became of a hold.</summary>
[JsonConverter(typeof(WordJsonConverter<HoldState>))]
public enum HoldState
{
    /// <summary>Something that this version does not know; the server is newer.</summary>
    Unknown,

    /// <summary>The money is reserved.</summary>
    Open,

    /// <summary>The money moved, or a part of it, and the rest is free.</summary>
    Captured,

    /// <summary>The money was freed.</summary>
    Voided,

    /// <summary>It expired by itself; the money is free.</summary>
    Expired,
}
