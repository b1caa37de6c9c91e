using System.Text.Json.Serialization;

namespace Settle;

/// <summary>What became of an invoice.</summary>
[JsonConverter(typeof(WordJsonConverter<InvoiceStatus>))]
public enum InvoiceStatus
{
    /// <summary>Something that this version does not know; the server is newer.</summary>
    Unknown,

    /// <summary>Something is still to be paid.</summary>
    Open,

    /// <summary>Nothing is left to be paid. A credit note always is.</summary>
    Paid,

    /// <summary>Credit notes took it back.</summary>
    Credited,

    /// <summary>The rest of the debt was written off.</summary>
    WrittenOff,
}
