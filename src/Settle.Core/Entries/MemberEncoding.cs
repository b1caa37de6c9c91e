namespace Settle;

/// <summary>How the value of a <see cref="Member"/> stands on the chain.</summary>
internal enum MemberEncoding
{
    /// <summary>A string.</summary>
    Text,
    /// <summary>An object that is canonical JSON already.</summary>
    Object,
    /// <summary>An array that is canonical JSON already.</summary>
    Array,
    /// <summary>An integer.</summary>
    Number,
    /// <summary>An integer, or the member's word where there is no limit.</summary>
    Limit,
    /// <summary>True or false.</summary>
    Flag,
    /// <summary>The member's word, or nothing.</summary>
    Word,
    /// <summary>A day, see <see cref="Billing.Days"/>.</summary>
    Day,
    /// <summary>Millionths, see <see cref="Billing.Scaled"/>.</summary>
    Decimal,
    /// <summary>Microseconds since 1970, see <see cref="Chain.ChainTime"/>.</summary>
    Time,
    /// <summary>The postings.</summary>
    Postings,
    /// <summary>Why the entry was refused.</summary>
    Reason,
    /// <summary>Whether it was refused.</summary>
    Status,
    /// <summary>The kind of the entry.</summary>
    Kind,
}
