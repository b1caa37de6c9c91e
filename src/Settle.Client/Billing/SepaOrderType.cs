namespace Settle;

/// <summary>What a SEPA order tells the bank to do.</summary>
[JsonConverter(typeof(WordJsonConverter<SepaOrderType>))]
public enum SepaOrderType
{
    /// <summary>Something that this version does not know; the server is newer.</summary>
    Unknown,

    /// <summary>To collect invoices by direct debit (pain.008).</summary>
    Debit,

    /// <summary>To pay refunds by credit transfer (pain.001).</summary>
    Refund,
}
