using System.Globalization;
using Settle.Chain;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>Blocks that nobody decided.</summary>
internal static class Blocks
{
    /// <summary>A canonical body with so many transfers of 1 from A to B.</summary>
    public static ReadOnlyMemory<byte> OfTransfers(long height, string writer, int count)
    {
        var builder = new BlockBuilder();
        builder.Begin("main", height);
        for (var number = 0; number < count; number++)
        {
            var batch = new RequestBatch();
            Settle.Settling.LedgerRequests.Read(batch,
                new TransferRequest { From = "A", To = "B", Amount = Minor(1) },
                $"t-{number.ToString(CultureInfo.InvariantCulture)}", Dollars);
            builder.Append(batch, batch[0]);
        }
        builder.Seal("main", BlockHash.None, 0, writer);
        return builder.Body;
    }
}
