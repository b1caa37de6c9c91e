namespace Settle;

/// <summary>
/// What the chain so far says about an id: a function of the chain alone, however it is looked up.
/// </summary>
internal interface IHistory
{
    /// <summary>The entry that was decided under an id; null when there is none.</summary>
    RecalledEntry? FindEntry(ReadOnlySpan<byte> id);

    /// <summary>The entry that captured or voided a hold; null when there is none.</summary>
    RecalledEntry? FindResolution(ReadOnlySpan<byte> holdId);

    /// <summary>The newest entry that reverted a transfer; null when there is none.</summary>
    RecalledEntry? FindReversal(ReadOnlySpan<byte> transferId);

    /// <summary>The invoice that has a number; null when there is none.</summary>
    RecalledEntry? FindInvoice(ReadOnlySpan<byte> number);
}
