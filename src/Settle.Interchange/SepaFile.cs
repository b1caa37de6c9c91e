using Settle.Sepa;

namespace Settle;

/// <summary>A SEPA order as the file that a bank takes.</summary>
public static class SepaFile
{
    /// <summary>
    /// Makes the message of ISO 20022, UTF-8: pain.008.001.08 for direct debits, pain.001.001.09
    /// for refunds. The same order always gives the same bytes, on every machine; what was
    /// cancelled of it stays in it.
    /// </summary>
    /// <exception cref="InvalidRequestException">
    /// All of it was cancelled, or a name and account in it were erased.
    /// </exception>
    public static byte[] Write(SepaOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.Items.All(item => item.Cancelled))
            throw new InvalidRequestException("order", $"'{order.Id}' was cancelled: no bank is to "
                + "get it any more");
        if (order.Items.FirstOrDefault(item => item.Party is null) is { } erased)
            throw new InvalidRequestException("order", $"'{order.Id}' cannot be written any more: "
                + $"name and account of {erased.Customer} were erased");
        return SepaWriter.Write(order);
    }
}
