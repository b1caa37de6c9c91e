using Settle.Stores;

namespace Settle.Cli.Commands;

/// <summary>SEPA orders for people and as files.</summary>
internal static class SepaOutput
{
    public static string Line(SepaOrder order) => $"{Words<SepaOrderType>.Of(order.Type)} of "
        + $"{order.Amount} on {order.Date:yyyy-MM-dd}, "
        + $"{Counted.Text(order.Items.Count, order.Type == SepaOrderType.Refund
            ? "refund" : "invoice")}, order {order.Id}";

    public static string MakeFolder(string path)
    {
        try
        {
            return PrivateFile.MakeFolder(path).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException("output", $"cannot make {path}: {e.Message}");
        }
    }

    /// <summary>Writes what the bank gets; the file is whole, or not there.</summary>
    public static async Task WriteAsync(
        string path, SepaOrder order, CancellationToken cancellation)
    {
        var bytes = SepaFile.Write(order);
        using var file = new AtomicFile(path);
        await file.Stream.WriteAsync(bytes, cancellation);
        file.Commit();
    }
}
